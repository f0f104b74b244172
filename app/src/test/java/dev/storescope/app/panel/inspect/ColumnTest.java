package dev.storescope.app.panel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    @ParameterizedTest
    @ValueSource(doubles = {12, 25, 40, 60, 80, 200})
    void shouldFillTheRoomAndAlwaysHaveTheOffset(double widthEm) {
        Map<Column, Double> widths = Column.fit(widthEm);

        assertThat(widths).containsKey(Column.OFFSET);
        assertThat(widths.values().stream().mapToDouble(Double::doubleValue).sum()).isLessThanOrEqualTo(widthEm + 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {80, 200})
    void shouldShowAllWhereThereIsRoom(double widthEm) {
        assertThat(Column.fit(widthEm)).containsOnlyKeys(Column.values());
    }
}
