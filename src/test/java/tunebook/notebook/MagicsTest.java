package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;

class MagicsTest {
    @Test
    void onlyTheTopOfACellHoldsMagics() {
        String code = "// first\n%%time\n\n%jars a.jar\nint a = 7\n% 4;\n%jars b.jar";
        Magics.Split split = Magics.split(code);
        assertEquals(List.of("%%time", "%jars a.jar"), split.magics());
        assertEquals("// first\n\n\n\nint a = 7\n% 4;\n%jars b.jar", split.java());
    }

    @Test
    void aJarIsKnownToTheNextCell(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("Greeter.java");
        Files.writeString(
                source,
                "package hello; public class Greeter { public static String hi() { return \"hi\"; } }");
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        Path jar = folder.resolve("greeter.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("hello/Greeter.class"));
            Files.copy(folder.resolve("hello/Greeter.class"), out);
        }
        try (Cells cells = new Cells(List.of())) {
            new Magics(cells).run("%jars " + folder.resolve("*.jar"));
            assertEquals("hi", cells.eval("hello.Greeter.hi()"));
            TunebookException e =
                    assertThrows(
                            TunebookException.class,
                            () -> new Magics(cells).run("%jars " + folder.resolve("no.jar")));
            assertTrue(e.getMessage().contains("no.jar: there is no such file"), e.getMessage());
        }
    }

    @Test
    void wrongMagicsSayHowToWriteThem() {
        try (Cells cells = new Cells(List.of())) {
            Magics magics = new Magics(cells);
            assertEquals(
                    "%jars: it takes one argument, not 0. Mend: %jars libs/*.jar",
                    assertThrows(TunebookException.class, () -> magics.run("%jars")).getMessage());
            assertEquals(
                    "%maven a;b: this is not GROUP:ARTIFACT:VERSION. Mend: write for example %maven"
                            + " org.jsoup:jsoup:1.21.2",
                    assertThrows(TunebookException.class, () -> magics.run("%maven a;b"))
                            .getMessage());
        }
    }
}
