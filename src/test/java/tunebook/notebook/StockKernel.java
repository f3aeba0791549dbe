package tunebook.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;

/** A kernel on the same base that knows nothing of us. */
final class StockKernel extends BaseKernel {
    final List<DisplayData> shown = new ArrayList<>();

    @Override
    public DisplayData eval(String code) {
        return new DisplayData(code);
    }

    @Override
    public void display(DisplayData data) {
        shown.add(data);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java").build();
    }
}
