package tunebook.notebook;

import com.google.gson.annotations.SerializedName;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.MessageType;

/** The reply to a cell that was queued behind one that failed. */
final class Aborted implements ContentType<Aborted> {
    @SuppressWarnings("unused") // read by Gson
    @SerializedName("status")
    private final String status = "aborted";

    @SuppressWarnings("unused") // read by Gson
    @SerializedName("execution_count")
    private final int count;

    Aborted(int count) {
        this.count = count;
    }

    /** The protocol knows one type of execute reply; the base kernel gives each class its own. */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public MessageType<Aborted> getType() {
        return (MessageType) MessageType.EXECUTE_REPLY;
    }
}
