package tunebook.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** As much of MLflow's REST API as runs need, with all it was told. */
final class FakeMlflow implements AutoCloseable {
    /** A run as the server knows it. */
    static final class Run {
        String experiment;
        String name;
        String status = "RUNNING";
        long start;
        long end;
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> params = new TreeMap<>();
        final List<String> metrics = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
    }

    final Map<String, Run> runs = new LinkedHashMap<>();
    final Map<String, String> experiments = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    volatile Predicate<String> broken = path -> false;
    volatile String stage = "active";

    private final HttpServer server;

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/2.0/mlflow/", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(path);
        int status = 200;
        String answer;
        if (broken.test(path)) {
            status = 500;
            answer = "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"disk full\"}";
        } else if (path.equals("experiments/get-by-name")) {
            String query = exchange.getRequestURI().getQuery();
            String name = query.substring(query.indexOf('=') + 1).replace('+', ' ');
            String id = experiments.get(name);
            status = id == null ? 404 : 200;
            answer =
                    id == null
                            ? "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}"
                            : "{\"experiment\": {\"experiment_id\": \"%s\", \"lifecycle_stage\": \"%s\"}}"
                                    .formatted(id, stage);
        } else {
            answer = told(path, JsonParser.parseString(body).getAsJsonObject());
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String told(String path, JsonObject body) {
        Run run = body.has("run_id") ? runs.get(body.get("run_id").getAsString()) : null;
        switch (path) {
            case "experiments/create" -> {
                String id = "" + (experiments.size() + 1);
                experiments.put(body.get("name").getAsString(), id);
                return "{\"experiment_id\": \"" + id + "\"}";
            }
            case "runs/create" -> {
                Run fresh = new Run();
                fresh.experiment = body.get("experiment_id").getAsString();
                fresh.name = body.get("run_name").getAsString();
                fresh.start = body.get("start_time").getAsLong();
                pairs(body, "tags", fresh.tags);
                String id = "r" + runs.size();
                runs.put(id, fresh);
                return "{\"run\": " + run(id, fresh) + "}";
            }
            case "runs/log-batch" -> {
                pairs(body, "params", run.params);
                pairs(body, "tags", run.tags);
                for (JsonElement element : all(body, "metrics")) {
                    JsonObject metric = element.getAsJsonObject();
                    run.times.add(metric.get("timestamp").getAsLong());
                    run.metrics.add(
                            metric.get("key").getAsString()
                                    + "@"
                                    + metric.get("step").getAsLong()
                                    + "="
                                    + metric.get("value").getAsDouble());
                }
            }
            case "runs/update" -> {
                run.status = body.get("status").getAsString();
                run.end = body.get("end_time").getAsLong();
            }
            case "runs/set-tag" ->
                    run.tags.put(body.get("key").getAsString(), body.get("value").getAsString());
            case "runs/search" -> {
                String[] filter = body.get("filter").getAsString().split("[`']", -1);
                String experiment =
                        body.get("experiment_ids").getAsJsonArray().get(0).getAsString();
                List<String> found = new ArrayList<>();
                runs.forEach(
                        (id, r) -> {
                            if (r.experiment.equals(experiment)
                                    && filter[3].equals(r.tags.get(filter[1])))
                                found.add(run(id, r));
                        });
                return "{\"runs\": " + found + "}";
            }
            default -> throw new AssertionError(path);
        }
        return "{}";
    }

    private static String run(String id, Run run) {
        return "{\"info\": {\"run_id\": \"%s\", \"status\": \"%s\"}}".formatted(id, run.status);
    }

    private static void pairs(JsonObject body, String name, Map<String, String> into) {
        for (JsonElement pair : all(body, name))
            into.put(
                    pair.getAsJsonObject().get("key").getAsString(),
                    pair.getAsJsonObject().get("value").getAsString());
    }

    private static JsonArray all(JsonObject body, String name) {
        return body.has(name) ? body.getAsJsonArray(name) : new JsonArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
