package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.file.YamlNode.Scalar;
import dev.storescope.engine.sim.disk.DiskModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The world: a kind of disk by its name, or one that differs from it in some figures.
final class WorldFields {
    private static final List<DiskModel> MODELS = DiskModel.known();
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final long LEAST_CAPACITY_BYTES = 1 << 20;

    private WorldFields() {
    }

    static DiskModel read(Fields scenario, String name) {
        YamlNode node = scenario.node(name).orElse(null);
        if (node == null) {
            return DiskModel.NVME;
        }
        if (node instanceof Scalar) {
            return scenario.word(node, scenario.path(name), MODELS, DiskModel::name).orElse(DiskModel.NVME);
        }
        return Fields.of(node, scenario.path(name), scenario.problems(), "the name of a disk, or figures of one")
                .map(WorldFields::read)
                .orElse(DiskModel.NVME);
    }

    private static DiskModel read(Fields fields) {
        DiskModel like = fields.word("like", MODELS, DiskModel::name).orElse(DiskModel.NVME);
        DiskModel model = new DiskModel(fields.text("name").orElse(like.name()),
                time(fields, "append", like.appendNs()),
                rate(fields, "memoryBytesPerSecond", like.memoryBytesPerSecond()),
                time(fields, "dispatch", like.dispatchNs()), time(fields, "handOver", like.handOverNs()),
                time(fields, "write", like.writeNs()), time(fields, "create", like.createNs()),
                time(fields, "directory", like.directoryNs()), time(fields, "force", like.forceNs()),
                rate(fields, "forceBytesPerSecond", like.forceBytesPerSecond()),
                fields.decimal("forceSpread", 0, 5, like.forceSpread()),
                fields.decimal("tailProbability", 0, 1, like.tailProbability()),
                fields.decimal("tailFactor", 1, 10_000, like.tailFactor()),
                fields.bytes("capacity", LEAST_CAPACITY_BYTES, Long.MAX_VALUE, like.capacityBytes()));
        fields.end();
        return model;
    }

    private static long time(Fields fields, String name, long otherwise) {
        return fields.nanos(name, 0, LONGEST_NS, otherwise);
    }

    private static long rate(Fields fields, String name, long otherwise) {
        return fields.bytes(name, 1, Long.MAX_VALUE, otherwise);
    }

    static Object write(DiskModel model) {
        if (MODELS.contains(model)) {
            return model.name();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", model.name());
        fields.put("append", Durations.text(model.appendNs()));
        fields.put("memoryBytesPerSecond", Sizes.text(model.memoryBytesPerSecond()));
        fields.put("dispatch", Durations.text(model.dispatchNs()));
        fields.put("handOver", Durations.text(model.handOverNs()));
        fields.put("write", Durations.text(model.writeNs()));
        fields.put("create", Durations.text(model.createNs()));
        fields.put("directory", Durations.text(model.directoryNs()));
        fields.put("force", Durations.text(model.forceNs()));
        fields.put("forceBytesPerSecond", Sizes.text(model.forceBytesPerSecond()));
        fields.put("forceSpread", model.forceSpread());
        fields.put("tailProbability", model.tailProbability());
        fields.put("tailFactor", model.tailFactor());
        fields.put("capacity", Sizes.text(model.capacityBytes()));
        return fields;
    }
}
