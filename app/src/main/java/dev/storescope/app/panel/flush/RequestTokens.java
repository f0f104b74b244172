package dev.storescope.app.panel.flush;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.control.UnitGrid;
import dev.storescope.app.control.UnitSlots;
import dev.storescope.app.panel.flush.RequestsReading.Doing;
import dev.storescope.app.panel.flush.TokenPicture.Kind;
import dev.storescope.app.panel.flush.TokenPicture.Place;
import dev.storescope.app.panel.flush.TokenPicture.Producer;
import dev.storescope.app.panel.flush.TokenPicture.Spot;
import dev.storescope.app.panel.flush.TokenPicture.Token;
import dev.storescope.app.pulse.motion.Easing;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Producers and requests one by one, over the stages between which they go.
///
/// Style class: `request-tokens`.
public final class RequestTokens extends DrawnRegion {
    private static final double SIZE_EM = 1.3;
    private static final double CORNER = 3;
    private static final double NUMBERS_FROM_SIZE = 9;
    private static final double NUMBER_TO_SIZE = 0.68;
    private static final double BOW_TO_SIZE = 1.3;
    private static final double RING = 1.5;

    private final Map<Place, UnitGrid> grids = new EnumMap<>(Place.class);
    private final Map<Place, UnitSlots> slots = new EnumMap<>(Place.class);
    private final Map<Place, Point2D> corners = new EnumMap<>(Place.class);
    /// Upper left corners, in which they were drawn last.
    private Map<Long, Point2D> drawn = new HashMap<>();
    /// Likewise, before the world came to where it stands.
    private Map<Long, Point2D> before = Map.of();
    private TokenPicture picture = TokenPicture.NONE;

    /// Made by FXML.
    public RequestTokens() {
        getStyleClass().add("request-tokens");
        setMouseTransparent(true);
    }

    /// Where the places are: the tokens stand over these.
    void stages(UnitGrid producers, UnitGrid requestsWrite, UnitGrid requestsRead) {
        grids.put(Place.PRODUCERS, producers);
        grids.put(Place.REQUESTS_WRITE, requestsWrite);
        grids.put(Place.REQUESTS_READ, requestsRead);
    }

    void show(TokenPicture newPicture) {
        if (newPicture.equals(picture)) {
            return;
        }
        if (newPicture.changes() != picture.changes()) {
            before = Map.copyOf(drawn);
        }
        picture = newPicture;
        redraw();
    }

    /// Where the middle of a request is drawn; for tests.
    Point2D middleOf(long id) {
        Point2D corner = drawn.get(id);
        double half = slots.get(Place.REQUESTS_WRITE).size() / 2;
        return corner.add(half, half);
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        drawn = new HashMap<>();
        if (!picture.showsSingle() || !findPlaces()) {
            return;
        }
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.setTextBaseline(VPos.CENTER);
        picture.producers().forEach(producer -> draw(graphics, producer));
        picture.tokens().forEach(token -> draw(graphics, token));
        picture.answers()
                .stream()
                .filter(answer -> before.containsKey(answer.id()))
                .forEach(answer -> draw(graphics, answer));
    }

    /// @return false when there is no room
    private boolean findPlaces() {
        for (Place place : Place.values()) {
            UnitGrid grid = grids.get(place);
            var fitting = grid.slots(picture.capacity(), SIZE_EM);
            if (fitting.isEmpty() || !grid.isVisible() || grid.getScene() == null) {
                return false;
            }
            slots.put(place, fitting.get());
            corners.put(place, sceneToLocal(grid.localToScene(0, 0)));
        }
        return true;
    }

    private Point2D cornerOf(Spot spot) {
        UnitSlots place = slots.get(spot.place());
        return corners.get(spot.place()).add(place.x(spot.number()), place.y(spot.number()));
    }

    private void draw(GraphicsContext graphics, Producer producer) {
        double size = slots.get(Place.PRODUCERS).size();
        Point2D at = cornerOf(new Spot(Place.PRODUCERS, producer.number()));
        if (producer.doing() == Doing.WAITS_FOR_LOCK) {
            graphics.setStroke(mutedFill());
            graphics.setLineWidth(RING);
            graphics.strokeOval(at.getX() + RING / 2, at.getY() + RING / 2, size - RING, size - RING);
        } else {
            graphics.setFill(switch (producer.doing()) {
                case RUNS, WAITS_FOR_LOCK -> hatchStroke();
                case APPENDS -> accentFill();
                case WAITS_FOR_DISK -> committedFill();
                case WAKES_UP -> flushedFill();
            });
            graphics.fillOval(at.getX(), at.getY(), size, size);
        }
        boolean isPale = producer.doing() == Doing.RUNS || producer.doing() == Doing.WAITS_FOR_LOCK;
        graphics.setFill(isPale ? mutedFill() : surfaceFill());
        number(graphics, producer.number(), at, size);
    }

    private void draw(GraphicsContext graphics, Token token) {
        Point2D at = corner(token);
        drawn.put(token.id(), at);
        double size = slots.get(Place.REQUESTS_WRITE).size();
        graphics.setFill(switch (token.kind()) {
            case PAYS, RIDES_FREE -> committedFill();
            case ACKNOWLEDGED -> flushedFill();
            case NOT_FLUSHED -> dangerFill();
        });
        graphics.fillRoundRect(at.getX(), at.getY(), size, size, CORNER, CORNER);
        if (token.kind() == Kind.PAYS) {
            graphics.setStroke(textFill());
            graphics.setLineWidth(RING);
            graphics.strokeRoundRect(at.getX() - RING, at.getY() - RING, size + 2 * RING, size + 2 * RING,
                    CORNER + 2, CORNER + 2);
        }
        graphics.setFill(surfaceFill());
        number(graphics, token.producer(), at, size);
    }

    private void number(GraphicsContext graphics, int producer, Point2D corner, double size) {
        if (size >= NUMBERS_FROM_SIZE) {
            graphics.setFont(textFont(size * NUMBER_TO_SIZE / textFont().getSize()));
            graphics.fillText(Integer.toString(producer), corner.getX() + size / 2, corner.getY() + size / 2);
        }
    }

    /// On its way; and, where the world has come to stand, between where it was seen before and there. What is new comes from
    /// its producer.
    private Point2D corner(Token token) {
        Point2D there = onTheWay(token);
        if (picture.arrived() >= 1) {
            return there;
        }
        Point2D from = before.getOrDefault(token.id(), cornerOf(new Spot(Place.PRODUCERS, token.producer())));
        return from.interpolate(there, picture.arrived());
    }

    /// Answers take another way back than that on which requests come.
    private Point2D onTheWay(Token token) {
        Point2D to = cornerOf(token.to());
        if (!token.isUnderWay()) {
            return to;
        }
        Point2D from = cornerOf(token.from());
        double bow = token.to().place() == Place.PRODUCERS
                ? Math.sin(Math.PI * token.part()) * slots.get(Place.REQUESTS_READ).size() * BOW_TO_SIZE
                : 0;
        return new Point2D(Easing.between(from.getX(), to.getX(), token.part()),
                Easing.between(from.getY(), to.getY(), token.part()) + bow);
    }
}
