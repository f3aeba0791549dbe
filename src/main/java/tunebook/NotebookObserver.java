package tunebook;

import tunebook.notebook.Display;
import tunebook.notebook.Host;
import tunebook.study.Observer;
import tunebook.study.Progress;
import tunebook.view.LiveStudy;

/** Shows a study under way below the running cell, and lets the notebook's stop button stop it. */
final class NotebookObserver implements Observer {
    private LiveStudy live = new LiveStudy();
    private Display display;

    @Override
    public synchronized void progress(Progress progress) {
        if (display == null) display = Host.current().live();
        live.see(progress);
        display.update(live);
    }

    /** Every run of a study has a place of its own. */
    @Override
    public synchronized Registration onStop(Runnable stop) {
        live = new LiveStudy();
        display = null;
        Host.Registration registration = Host.current().onInterrupt(stop);
        return () -> {
            registration.close();
            end();
        };
    }

    private synchronized void end() {
        if (display != null) display.close();
        display = null;
    }
}
