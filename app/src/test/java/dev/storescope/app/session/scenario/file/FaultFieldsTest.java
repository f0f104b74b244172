package dev.storescope.app.session.scenario.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.sim.SimulationSpec;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultFieldsTest {

    @Test
    void shouldKnowEveryServiceThatAStoreCanHave() {
        Set<String> names = new HashSet<>();
        for (String settings : new String[] {"flushDiskType=SYNC_FLUSH", "transientStorePoolEnable=true"}) {
            // given
            MessageStoreConfig config = MessageStoreConfig.builder(Scenario.DIRECTORY)
                    .set("mappedFileSizeCommitLog", "64K")
                    .set(settings.split("=")[0], settings.split("=")[1])
                    .build();
            try (ScenarioRun run = ScenarioRun.start(
                    Scenario.of(SimulationSpec.builder(config).build(), Ending.atTime(50_000_000)))) {
                // when
                run.runToEnd();
                run.simulation()
                        .snapshot()
                        .orElseThrow()
                        .services()
                        .stream()
                        .map(ServiceStatus::name)
                        .forEach(names::add);
            }
        }
        // then
        assertThat(FaultFields.SERVICES).containsAll(names);
    }
}
