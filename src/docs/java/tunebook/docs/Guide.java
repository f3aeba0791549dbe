package tunebook.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * The text in front of the Javadoc: the README becomes its overview, and what the README links to,
 * and so on, goes beside it, Markdown as pages and other files as they are. A link to what is not
 * there ends it.
 */
public final class Guide {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder()
                    .extensions(EXTENSIONS)
                    .nodeRendererFactory(CaptionRenderer::new)
                    .build();
    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; }
            body { max-width: 78rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif; }
            pre { overflow-x: auto; }
            table { border-collapse: collapse; }
            caption { text-align: left; font-weight: bold; }
            th, td { border: 1px solid #888; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
            img { max-width: 100%%; }
            </style>
            </head>
            <body>
            %s</body>
            </html>
            """;

    private final Path project;
    private final Path docs;
    private final Path front;
    private final Map<Path, String> pages = new TreeMap<>();
    private final Map<String, Path> anchors = new TreeMap<>();
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final List<String> broken = new ArrayList<>();

    private Guide(Path project, Path docs) {
        this.project = project.toAbsolutePath().normalize();
        this.docs = docs;
        front = this.project.resolve("README.md");
    }

    /**
     * {@code Guide PROJECT OVERVIEW DOCS}: writes a file for {@code javadoc -overview}, and the
     * pages.
     */
    public static void main(String[] arguments) throws IOException {
        try {
            write(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Writes the overview, and the pages below {@code docs/guide}.
     *
     * @throws IllegalStateException if a link leads nowhere
     */
    static void write(Path project, Path overview, Path docs) throws IOException {
        Guide guide = new Guide(project, docs);
        guide.waiting.add(guide.front);
        while (!guide.waiting.isEmpty()) {
            guide.read(guide.waiting.remove());
        }
        guide.checkAnchors();
        if (!guide.broken.isEmpty()) {
            throw new IllegalStateException(
                    "links that lead nowhere: " + String.join("; ", guide.broken));
        }
        for (Path source : guide.pages.keySet()) {
            Path to = source.equals(guide.front) ? overview : docs.resolve(guide.place(source));
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.writeString(to, guide.pages.get(source));
        }
    }

    private void read(Path source) throws IOException {
        if (pages.containsKey(source)) return;
        if (!source.toString().endsWith(".md")) {
            copy(source);
            return;
        }
        Node document = PARSER.parse(Files.readString(source));
        Changes changes = new Changes(source);
        document.accept(changes);
        pages.put(source, PAGE.formatted(text(changes.title), RENDERER.render(document)));
    }

    private void copy(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = docs.resolve(place(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Where something of the project stands in the documentation. */
    private Path place(Path source) {
        if (source.equals(front)) return Path.of("index.html");
        String name = project.relativize(source).toString();
        return Path.of("guide", name.replaceFirst("\\.md$", ".html"));
    }

    private void checkAnchors() {
        anchors.forEach(
                (link, page) -> {
                    String name = link.substring(link.lastIndexOf('#') + 1);
                    if (!pages.get(page).contains("id=\"" + name + "\"")) broken.add(link);
                });
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text part) {
                        text.append(part.getLiteral());
                    }

                    @Override
                    public void visit(Code part) {
                        text.append(part.getLiteral());
                    }
                });
        return text.toString();
    }

    /** Turns links to the project's files into links to their places, and names tables. */
    private final class Changes extends AbstractVisitor {
        private final Path source;
        private Heading title;
        private Heading last;

        Changes(Path source) {
            this.source = source;
        }

        @Override
        public void visit(Heading heading) {
            if (title == null) title = heading;
            last = heading;
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            link.setDestination(placed(link.getDestination()));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            image.setDestination(placed(image.getDestination()));
            visitChildren(image);
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) block.prependChild(new Caption(text(last)));
            visitChildren(block);
        }

        private String placed(String link) {
            if (link.matches("[a-z]+:.*")) return link;
            int hash = link.indexOf('#');
            String name = hash < 0 ? link : link.substring(0, hash);
            Path target = name.isEmpty() ? source : source.resolveSibling(name).normalize();
            String where = project.relativize(source) + ": " + link;
            if (!target.startsWith(project) || !Files.exists(target)) {
                broken.add(where);
                return link;
            }
            waiting.add(target);
            if (hash >= 0) anchors.put(where, target);
            if (target.equals(source) && hash >= 0) return link.substring(hash);
            Path from = place(source).getParent();
            Path to = place(target);
            String relative = (from == null ? to : from.relativize(to)).toString();
            return relative.replace('\\', '/') + (hash < 0 ? "" : link.substring(hash));
        }
    }

    /** A table's name, for who cannot see what stands above it. */
    private static final class Caption extends CustomNode {
        private final String text;

        Caption(String text) {
            this.text = text;
        }
    }

    private static final class CaptionRenderer implements NodeRenderer {
        private final HtmlWriter html;

        CaptionRenderer(HtmlNodeRendererContext context) {
            html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Caption.class);
        }

        @Override
        public void render(Node node) {
            html.tag("caption");
            html.text(((Caption) node).text);
            html.tag("/caption");
            html.line();
        }
    }
}
