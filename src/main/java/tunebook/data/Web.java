package tunebook.data;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tunebook.core.TunebookException;

/** Requests over http and https, with errors that name the address. */
final class Web {
    private static final Duration TO_CONNECT = Duration.ofSeconds(20);
    private static final long MINUTES_IN_ALL = 30;
    private static final long FIRST_PAUSE = 100;
    private static final long LAST_PAUSE = 1_000;

    private Web() {}

    /** GET, wherever the address leads. */
    static <T> HttpResponse<T> get(URI address, HttpResponse.BodyHandler<T> body) {
        return send(address, "GET", Map.of(), HttpClient.Redirect.NORMAL, body);
    }

    /** HEAD of the address itself: where it leads stands in the answer. */
    static HttpResponse<Void> head(URI address, Map<String, String> headers) {
        return send(
                address,
                "HEAD",
                headers,
                HttpClient.Redirect.NEVER,
                HttpResponse.BodyHandlers.discarding());
    }

    /** GET of the address itself. */
    static <T> HttpResponse<T> get(
            URI address, Map<String, String> headers, HttpResponse.BodyHandler<T> body) {
        return send(address, "GET", headers, HttpClient.Redirect.NEVER, body);
    }

    /** GET, wherever the address leads. */
    static <T> HttpResponse<T> follow(
            URI address, Map<String, String> headers, HttpResponse.BodyHandler<T> body) {
        return send(address, "GET", headers, HttpClient.Redirect.NORMAL, body);
    }

    /** Asks again a few times where the server is busy. */
    static <T> HttpResponse<T> patiently(Supplier<HttpResponse<T>> request) {
        for (long pause = FIRST_PAUSE; ; pause *= 2) {
            HttpResponse<T> answer = request.get();
            boolean busy = answer.statusCode() == 429 || answer.statusCode() / 100 == 5;
            if (!busy || pause > LAST_PAUSE) return answer;
            pause(answer.uri().toString(), pause);
        }
    }

    /** Where an answer leads. */
    static URI resolved(URI address, String location) {
        try {
            return address.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new TunebookException(
                    "download of " + address,
                    "leads to " + HeaderReader.shown(location) + ", which is no address",
                    "try again later",
                    e);
        }
    }

    /** Waits, in milliseconds. */
    static void pause(String where, long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunebookException(where, "was interrupted", "start it again", e);
        }
    }

    private static <T> HttpResponse<T> send(
            URI address,
            String method,
            Map<String, String> headers,
            HttpClient.Redirect redirect,
            HttpResponse.BodyHandler<T> body) {
        HttpClient client =
                HttpClient.newBuilder()
                        .followRedirects(redirect)
                        .connectTimeout(TO_CONNECT)
                        .build();
        Stoppable<T> stoppable = new Stoppable<>(body);
        CompletableFuture<HttpResponse<T>> answer;
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.noBody());
            headers.forEach(request::header);
            answer = client.sendAsync(request.build(), stoppable);
        } catch (IllegalArgumentException e) {
            throw new TunebookException(
                    "download of " + address,
                    "is no address of the web: " + e.getMessage(),
                    "give one that begins with https://",
                    e);
        }
        try {
            return answer.get(MINUTES_IN_ALL, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw failed(address, "failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw failed(address, "took more than " + MINUTES_IN_ALL + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunebookException(
                    "download of " + address, "was interrupted", "start it again", e);
        } finally {
            if (!answer.isDone()) {
                answer.cancel(true);
                stoppable.stop();
            }
        }
    }

    private static TunebookException failed(URI address, String what, Throwable cause) {
        return new TunebookException(
                "download of " + address,
                what,
                "check the network, or put the file into the folder by hand",
                cause);
    }
}
