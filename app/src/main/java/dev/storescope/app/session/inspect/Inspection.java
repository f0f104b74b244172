package dev.storescope.app.session.inspect;

import dev.storescope.app.session.Problem;
import dev.storescope.app.session.inspect.LogTail.Mode;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.MessageDetail;
import dev.storescope.engine.inspect.MessageQuery;
import dev.storescope.engine.inspect.QueueEntryView;
import dev.storescope.engine.inspect.StoreBrowser;
import dev.storescope.engine.inspect.StoreBrowser.Growth;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at one directory at a time and never writes to it, nor takes its lock: a running broker's can be looked at.
///
/// The reading thread opens, reads on, searches and exports, in turns of some milliseconds each; the answering thread
/// gives rows and messages out of what is known, so that none of these keeps a list from being scrolled; the checking
/// thread proves a whole store. What happened is read once a frame. Twice a second the reading thread looks whether a
/// running store has written on.
///
/// Threads: any.
public final class Inspection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Inspection.class.getName());
    private static final long END_WITHIN_S = 10;
    private static final long LOOK_AFTER_MS = 500;
    /// So many records are counted at a time, which takes some milliseconds.
    private static final int COUNTED_AT_A_TIME = 5_000;

    /// What no file of a store says.
    private static final Set<String> NOT_IN_FILES = Stream
            .of(StoreSetting.MAX_HASH_SLOT_NUM, StoreSetting.MAX_INDEX_NUM, StoreSetting.MESSAGE_DELAY_LEVEL)
            .map(StoreSetting::rocketMqName)
            .collect(Collectors.toUnmodifiableSet());

    private final Function<Path, Map<String, String>> knownSettings;
    private final LiveEnvironment environment = LiveEnvironment.withoutProbe();
    private final ScheduledExecutorService reading = thread("inspect-reading");
    private final ScheduledExecutorService answering = thread("inspect-answering");
    private final ScheduledExecutorService checking = thread("inspect-checking");

    /// So many were lined up.
    private final AtomicLong questions = new AtomicLong();

    // Of the reading thread.
    private StepSize step = new StepSize();
    private Optional<SearchJob> search = Optional.empty();
    private Optional<ExportJob> export = Optional.empty();
    private long numbers;
    private boolean turning;
    private LogTail tail = LogTail.QUIET;

    /// Written before anything is opened, read by the reading thread.
    private volatile UnaryOperator<Path> shownAs = UnaryOperator.identity();
    /// Written by the reading thread, read by both.
    private volatile Optional<Opened> opened = Optional.empty();
    /// Written by the reading thread, read by any.
    private volatile InspectionReading published = InspectionReading.NOTHING;
    /// Written by the reading thread, read by any; of the directory that is open.
    private volatile Optional<CheckJob> check = Optional.empty();

    /// @param problem why it is not read any further; "" while nothing is wrong
    private record Opened(long generation, StoreBrowser browser, String problem) {
    }

    /// Of someone who knows no store's settings.
    public Inspection() {
        this(_ -> Map.of());
    }

    /// @param knownSettings with which a directory was opened, by RocketMQ's names; what differs from the defaults
    public Inspection(Function<Path, Map<String, String>> knownSettings) {
        this.knownSettings = knownSettings;
        reading.scheduleWithFixedDelay(this::look, LOOK_AFTER_MS, LOOK_AFTER_MS, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name(name).daemon(true).factory());
    }

    /// What there is to see now.
    public InspectionReading read() {
        return published;
    }

    /// Tells other names for directories than their own from now on: for pictures, which are to be the same wherever they
    /// are made.
    public void showAs(UnaryOperator<Path> names) {
        shownAs = names;
    }

    // --- commands ---

    /// Opens the store that is meant by a directory, or by a file or folder of its log. What was open before is let go.
    public void open(Path chosen) {
        command(() -> openNow(ChosenDirectory.storeOf(chosen)));
    }

    /// Lays out the store that comes with the program, and opens it.
    ///
    /// @param samples the folder that it goes into
    public void openSample(Path samples) {
        command(() -> {
            begin(samples);
            try {
                openNow(SampleStore.unpack(samples));
            } catch (IOException e) {
                fail(samples, Problem.of("%s: expected to lay out the sample there: %s".formatted(samples,
                        e.getMessage())));
            }
        });
    }

    /// Looks at nothing any more.
    public void closeStore() {
        command(() -> {
            letGo();
            published = new InspectionReading(published.generation() + 1, new InspectionState.Nothing(),
                    Optional.empty(), Optional.empty());
        });
    }

    /// Reads what a running store has written since; all of it anew when the directory has another log by now.
    public void refresh() {
        command(() -> opened.ifPresent(this::readFurther));
    }

    /// From now on reads by itself what a running store writes, until [#stopFollowing] or another directory.
    public void follow() {
        command(() -> opened.ifPresent(now -> {
            tail = new LogTail(Mode.FOLLOWED, Growth.NONE);
            readFurther(now);
        }));
    }

    /// From now on only tells how much has come.
    public void stopFollowing() {
        command(() -> {
            if (tail.mode() == Mode.FOLLOWED) {
                tail = LogTail.QUIET;
                publish();
            }
        });
    }

    /// Looks through the whole log; the search before it ends.
    public void search(MessageQuery query) {
        command(() -> opened.ifPresent(now -> {
            search = Optional.of(new SearchJob(++numbers, query, now.browser));
            turnLater();
        }));
    }

    /// What was found so far stays.
    public void cancelSearch() {
        command(() -> {
            search.ifPresent(SearchJob::cancel);
            publish();
        });
    }

    /// Forgets the search.
    public void endSearch() {
        command(() -> {
            search = Optional.empty();
            publish();
        });
    }

    /// Writes down the whole log, or when there is a search all that it finds. The export before it ends.
    public void export(ExportFormat format, Path target) {
        command(() -> opened.ifPresent(now -> {
            export.ifPresent(ExportJob::cancel);
            numbers++;
            try {
                Optional<MessageQuery> query = search.map(job -> job.read().query());
                export = Optional.of(new ExportJob(numbers, now.browser, query, format, target));
                turnLater();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "export: " + words(e, target));
                export = Optional.empty();
                var failed = new ExportReading(numbers, target, ExportReading.State.FAILED, 0, 0, words(e, target));
                published = new InspectionReading(published.generation(), published.state(), published.search(),
                        Optional.of(failed));
            }
        }));
    }

    private static String words(IOException e, Path target) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(target.toString()) ? message : "%s: %s".formatted(target, e);
    }

    /// What was written of it goes.
    public void cancelExport() {
        command(() -> {
            export.ifPresent(ExportJob::cancel);
            publish();
        });
    }

    /// Proves the whole store; the check before it ends.
    ///
    /// @param told what its files do not say, by RocketMQ's names: `maxHashSlotNum`, say. What is not told is taken from
    ///     the settings with which this program has opened the store, else from its content or the defaults.
    public void check(Map<String, String> told) {
        command(() -> opened.ifPresent(now -> {
            check.ifPresent(CheckJob::cancel);
            Path directory = now.browser.directory();
            Map<String, String> settings = new HashMap<>(knownSettings.apply(directory));
            settings.keySet().retainAll(NOT_IN_FILES);
            settings.putAll(told);
            var job = new CheckJob(environment, directory, settings);
            check = Optional.of(job);
            checking.execute(job::run);
        }));
    }

    public void cancelCheck() {
        check.ifPresent(CheckJob::cancel);
    }

    /// The check asked for last of the directory that is open.
    public Optional<CheckReading> readCheck() {
        return check.map(CheckJob::read);
    }

    // --- questions ---

    /// Rows of the directory of that generation, as far as they are known; none when another is open by now.
    public CompletableFuture<List<BrowsedRow>> rows(long generation, long fromRow, int most) {
        return ask(generation, List.of(), browser -> browser.rows(fromRow, most));
    }

    /// The row in which an offset lies, or the last one before it.
    public CompletableFuture<OptionalLong> rowAt(long generation, long commitLogOffset) {
        return ask(generation, OptionalLong.empty(), browser -> browser.rowAt(commitLogOffset));
    }

    /// The message whose record begins at an offset.
    public CompletableFuture<Optional<MessageDetail>> detail(long generation, long commitLogOffset) {
        return ask(generation, Optional.empty(), browser -> browser.detail(commitLogOffset));
    }

    /// Where a message stands in its queue; nothing when the queue cannot be read, which is in the log then.
    public CompletableFuture<Optional<QueueEntryView>> queueEntry(long generation, MessageExt message) {
        return ask(generation, Optional.empty(), browser -> Optional.of(browser.queueEntry(message)));
    }

    /// The bytes from an offset on, whatever they are, at most so many.
    public CompletableFuture<byte[]> bytes(long generation, long commitLogOffset, int most) {
        return ask(generation, new byte[0], browser -> browser.bytes(commitLogOffset, most));
    }

    private <T> CompletableFuture<T> ask(long generation, T otherwise, Function<StoreBrowser, T> question) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return opened.filter(now -> now.generation == generation)
                        .map(now -> question.apply(now.browser))
                        .orElse(otherwise);
            } catch (StoreException e) {
                LOG.log(Level.WARNING, e.getMessage());
                return otherwise;
            }
        }, answering);
        // After it was lined up: whoever sees the count comes behind the question.
        questions.incrementAndGet();
        return answer;
    }

    /// Done when every command and question so far is, with what hangs on an answer itself, and nothing is left to read, search
    /// or write. What somebody asks once he has got an answer is not waited for.
    public CompletableFuture<Void> idle() {
        long askedBefore = questions.get();
        return CompletableFuture.runAsync(() -> {
        }, reading).thenRunAsync(() -> {
        }, answering).thenRunAsync(() -> {
        }, checking)
                .thenComposeAsync(
                        _ -> turning || questions.get() != askedBefore
                                ? idle()
                                : CompletableFuture.completedFuture(null),
                        reading);
    }

    @Override
    public void close() {
        command(this::letGo);
        reading.shutdown();
        answering.shutdown();
        cancelCheck();
        checking.shutdown();
        try {
            if (!reading.awaitTermination(END_WITHIN_S, TimeUnit.SECONDS)
                    || !answering.awaitTermination(END_WITHIN_S, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "inspection: still busy after {0} s", END_WITHIN_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- on the reading thread ---

    private void command(Runnable command) {
        try {
            reading.execute(() -> {
                try {
                    command.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "inspection: " + e.getMessage(), e);
                    fail(Path.of(""), Problem.of(String.valueOf(e)));
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "inspection: closed, nothing more is done", e);
        }
    }

    private void openNow(Path directory) {
        begin(directory);
        try {
            StoreBrowser browser = StoreBrowser.open(environment, directory);
            opened = Optional.of(new Opened(published.generation(), browser, ""));
            turnLater();
        } catch (StoreException e) {
            fail(directory, Problem.of(e));
        }
    }

    private void begin(Path directory) {
        letGo();
        published = new InspectionReading(published.generation() + 1, new InspectionState.Opening(directory),
                Optional.empty(), Optional.empty());
    }

    private void letGo() {
        check.ifPresent(CheckJob::cancel);
        check = Optional.empty();
        export.ifPresent(ExportJob::cancel);
        export = Optional.empty();
        search = Optional.empty();
        opened = Optional.empty();
        step = new StepSize();
        tail = LogTail.QUIET;
    }

    private void fail(Path directory, Problem problem) {
        LOG.log(Level.WARNING, problem.message());
        letGo();
        published = new InspectionReading(published.generation(), new InspectionState.Failed(directory, problem),
                Optional.empty(), Optional.empty());
    }

    private void turnLater() {
        publish();
        if (!turning) {
            turning = true;
            command(this::turn);
        }
    }

    /// A little of everything that is to be done.
    private void turn() {
        turning = false;
        opened.filter(now -> now.problem.isEmpty() && !now.browser.progress().complete()).ifPresent(this::readOn);
        search.filter(SearchJob::isRunning).ifPresent(SearchJob::turn);
        boolean stopped = opened.filter(now -> !now.problem.isEmpty()).isPresent();
        export.filter(ExportJob::isRunning).ifPresent(job -> job.turn(stopped));
        publish();
        boolean more = published.state() instanceof InspectionState.Open open && open.isReading()
                || search.filter(SearchJob::isRunning).isPresent()
                || export.filter(ExportJob::isRunning).isPresent();
        if (more) {
            turnLater();
        }
    }

    private void readOn(Opened now) {
        try {
            long began = System.nanoTime();
            now.browser.readOn(step.records());
            step.took(System.nanoTime() - began);
        } catch (StoreException e) {
            stopReading(now, e.getMessage());
        }
    }

    private void readFurther(Opened now) {
        try {
            if (!now.browser.isSameLog()) {
                openNow(now.browser.directory());
                return;
            }
            now.browser.refresh();
            tail = new LogTail(tail.mode() == Mode.FOLLOWED ? Mode.FOLLOWED : Mode.TOLD, Growth.NONE);
            opened = Optional.of(new Opened(now.generation, now.browser, ""));
        } catch (StoreException e) {
            stopReading(now, e.getMessage());
        }
        turnLater();
    }

    /// Done when it was looked whether a running store has written on, as is done by itself after a while.
    CompletableFuture<Void> lookNow() {
        return CompletableFuture.runAsync(this::look, reading);
    }

    /// Whether a running store has written on.
    private void look() {
        try {
            opened.filter(now -> now.problem.isEmpty() && now.browser.progress().complete()).ifPresent(this::look);
        } catch (RuntimeException e) {
            // Else nothing would ever be looked at again.
            LOG.log(Level.ERROR, "inspection: " + e.getMessage(), e);
        }
    }

    private void look(Opened now) {
        try {
            boolean same = now.browser.isSameLog();
            Growth growth = same ? now.browser.lookAhead(COUNTED_AT_A_TIME) : Growth.NONE;
            if (same && tail.mode() == Mode.FOLLOWED) {
                if (growth.bytes() > 0) {
                    readFurther(now);
                }
                return;
            }
            LogTail seen = new LogTail(same ? Mode.TOLD : Mode.REPLACED, growth);
            if (!seen.equals(tail)) {
                tail = seen;
                publish();
            }
        } catch (StoreException e) {
            // A file was deleted between two looks: the next one sees it.
            LOG.log(Level.DEBUG, e.getMessage());
        }
    }

    private void stopReading(Opened now, String problem) {
        LOG.log(Level.WARNING, problem);
        opened = Optional.of(new Opened(now.generation, now.browser, problem));
    }

    private void publish() {
        opened.ifPresent(now -> published = new InspectionReading(now.generation,
                new InspectionState.Open(shownAs.apply(now.browser.directory()), now.browser.files(),
                        now.browser.progress(), tail,
                        now.problem),
                search.map(SearchJob::read), export.map(ExportJob::read).or(published::export)));
    }
}
