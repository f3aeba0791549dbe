package tunebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import tunebook.notebook.JJava;

/**
 * Found by stock JJava as a service once Tunebook's jars are there: registers how values are shown,
 * and live progress, and imports Tunebook's words.
 */
public final class JJavaExtension implements Extension {
    @Override
    public void install(BaseKernel kernel) {
        Views.register(JJava.init(kernel));
        // one at a time: two star imports in a later snippet would lose variables of earlier ones
        for (String all : Imports.ALL) kernel.evalRaw("import " + all + ";");
    }
}
