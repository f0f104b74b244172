package dev.storescope.engine.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.api.MessageExt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fields of a message, as text, by the names that the lines of a [GoldenStore] have.
public final class GoldenFields {
    /// What the line says that was written when the real store had acknowledged the message.
    public static final List<String> WRITTEN = List.of("topic", "queueId", "queueOffset", "physicalOffset", "size",
            "bodyCrc32", "bodyLength", "bodySha256", "keys", "tags", "flag", "sysFlag", "bornTimestamp", "bornHost",
            "storeTimestamp", "storeHost", "reconsumeTimes", "preparedTransactionOffset", "msgId", "properties");
    /// What the line says that was read from the bytes of the file.
    public static final List<String> DUMPED = List.of("offset", "size", "magic", "topic", "queueId", "queueOffset",
            "flag", "sysFlag", "bornTimestamp", "bornHost", "storeTimestamp", "storeHost", "reconsumeTimes",
            "preparedTransactionOffset", "bodyLength", "bodyCrc32", "bodySha256", "propertiesRaw", "msgId");

    private GoldenFields() {
    }

    /// @param names [#WRITTEN] or [#DUMPED]; the line has all of them
    public static Map<String, String> of(JsonNode line, List<String> names) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            JsonNode value = line.required(name);
            fields.put(name, value.isObject() ? textMap(value).toString() : value.asText());
        }
        return fields;
    }

    public static Map<String, String> of(MessageExt message, List<String> names) {
        Map<String, String> all = all(message);
        Map<String, String> fields = new LinkedHashMap<>();
        names.forEach(name -> fields.put(name, all.get(name)));
        return fields;
    }

    private static Map<String, String> all(MessageExt message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("offset", Long.toString(message.commitLogOffset()));
        fields.put("physicalOffset", Long.toString(message.commitLogOffset()));
        fields.put("size", Integer.toString(message.storeSizeBytes()));
        fields.put("magic", Integer.toHexString(message.magic()));
        fields.put("topic", message.topic());
        fields.put("queueId", Integer.toString(message.queueId()));
        fields.put("queueOffset", Long.toString(message.queueOffset()));
        fields.put("flag", Integer.toString(message.flag()));
        fields.put("sysFlag", Integer.toString(message.sysFlag()));
        fields.put("bornTimestamp", Long.toString(message.bornTimestamp()));
        fields.put("bornHost", message.bornHost().toString());
        fields.put("storeTimestamp", Long.toString(message.storeTimestamp()));
        fields.put("storeHost", message.storeHost().toString());
        fields.put("reconsumeTimes", Integer.toString(message.reconsumeTimes()));
        fields.put("preparedTransactionOffset", Long.toString(message.preparedTransactionOffset()));
        fields.put("bodyLength", Integer.toString(message.body().length));
        fields.put("bodyCrc32", Integer.toString(message.bodyCrc32()));
        fields.put("bodySha256", DirectoryContents.sha256(message.body()));
        fields.put("keys", message.keys());
        fields.put("tags", message.tags());
        fields.put("propertiesRaw", message.propertiesString());
        fields.put("properties", new TreeMap<>(message.properties()).toString());
        fields.put("msgId", message.messageId());
        return fields;
    }

    private static Map<String, String> textMap(JsonNode object) {
        Map<String, String> map = new TreeMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
