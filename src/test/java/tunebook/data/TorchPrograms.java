package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;
import tunebook.support.Pickle;

/** Torch files that would run a program elsewhere. */
final class TorchPrograms {
    static final Path PROOF = Path.of("target", "a-pickle-ran");

    private TorchPrograms() {}

    static Arguments hostile(String name, byte[] file, String... words) {
        return Arguments.of(name, file, List.of(words));
    }

    static byte[] zip(Pickle pickle) {
        return Pickle.zip(pickle.stop(), Map.of("0", new byte[16]));
    }

    static Pickle state() {
        return Pickle.start().op('}').text("w");
    }

    static byte[] tensor(long kept, long offset, long[] sizes, long[] strides) {
        return zip(state().tensor("0", kept, offset, sizes, strides).op('s'));
    }

    static long[] longs(long... numbers) {
        return numbers;
    }

    static Pickle call(String module, String name) {
        return Pickle.start().global(module, name).text("touch " + PROOF).op(0x85, 'R');
    }

    static String refuses(String module, String name) {
        return "names \"" + module + "." + name + "\"";
    }

    private static final String NOTHING_RUN = "nothing of it was run";

    static List<Arguments> all() {
        List<Arguments> files = new ArrayList<>();
        String[][] callables = {
            {"os", "system"},
            {"posix", "system"},
            {"nt", "system"},
            {"builtins", "eval"},
            {"builtins", "exec"},
            {"__builtin__", "eval"},
            {"builtins", "getattr"},
            {"builtins", "__import__"},
            {"subprocess", "Popen"},
            {"torch", "load"},
            {"torch.storage", "_load_from_bytes"},
            {"torch.hub", "load"},
            {"runpy", "run_path"},
            {"numpy.core.multiarray", "_reconstruct"},
            {"java.lang", "Runtime"},
            {"torch._utils", "_rebuild_tensor_v2.__globals__"},
            {"collections", "namedtuple"},
        };
        for (String[] c : callables)
            files.add(
                    hostile(
                            c[0] + "." + c[1],
                            zip(call(c[0], c[1])),
                            refuses(c[0], c[1]),
                            NOTHING_RUN));
        files.add(
                hostile(
                        "legacy os.system",
                        Pickle.legacy(call("os", "system").stop()).bytes(),
                        refuses("os", "system"),
                        NOTHING_RUN));
        files.add(
                hostile(
                        "STACK_GLOBAL",
                        zip(
                                Pickle.start()
                                        .text("os")
                                        .text("system")
                                        .op(0x93)
                                        .text("ls")
                                        .op(0x85, 'R')),
                        refuses("os", "system")));
        files.add(
                hostile(
                        "nested in the arguments of a tensor",
                        zip(
                                state().global("torch._utils", "_rebuild_tensor_v2")
                                        .op('(')
                                        .raw(call("os", "system").bytes())
                                        .op('t', 'R', 's')),
                        "0x80"));
        files.add(
                hostile(
                        "in an argument",
                        zip(
                                state().global("torch._utils", "_rebuild_parameter")
                                        .op('(')
                                        .global("os", "system")
                                        .text("ls")
                                        .op(0x85, 'R', 't', 'R', 's')),
                        refuses("os", "system")));
        files.add(
                hostile(
                        "in the state of BUILD",
                        zip(Pickle.start().op('}').global("os", "system").op('b')),
                        refuses("os", "system")));
        files.add(
                hostile(
                        "BUILD of a tensor",
                        zip(state().tensor("0", 4, 0, longs(4), longs(1)).op('}', 'b', 's')),
                        "sets the state of what is no dictionary"));
        files.add(
                hostile(
                        "BUILD of a function",
                        zip(Pickle.start().global("torch", "Size").op('}', 'b')),
                        "sets the state of what is no dictionary"));
        files.add(
                hostile(
                        "beside a good tensor",
                        zip(
                                state().tensor("0", 4, 0, longs(4), longs(1))
                                        .op('s')
                                        .text("x")
                                        .global("builtins", "exec")
                                        .text("1")
                                        .op(0x85, 'R', 's')),
                        refuses("builtins", "exec")));
        files.add(
                hostile(
                        "thrown away at once",
                        zip(
                                Pickle.start()
                                        .global("os", "system")
                                        .text("ls")
                                        .op(0x85, 'R', '0', '}')),
                        refuses("os", "system")));
        files.add(
                hostile(
                        "a storage that is called",
                        zip(Pickle.start().global("torch", "FloatStorage").op(')', 'R')),
                        "calls what is no function"));
        files.add(
                hostile("INST", zip(Pickle.start().op('(', 'i').raw(line("os\nsystem"))), "INST"));
        files.add(hostile("OBJ", zip(Pickle.start().op('(', 'N', 'o')), "OBJ"));
        files.add(hostile("EXT1", zip(Pickle.start().op(0x82, 1)), "EXT"));
        files.add(hostile("EXT2", zip(Pickle.start().op(0x83, 1, 0)), "EXT"));
        files.add(hostile("EXT4", zip(Pickle.start().op(0x84, 1, 0, 0, 0)), "EXT"));
        files.add(hostile("NEWOBJ_EX", zip(Pickle.start().op(0x92)), "NEWOBJ_EX"));
        files.add(hostile("NEXT_BUFFER", zip(Pickle.start().op(0x97)), "a buffer that is not in"));
        files.add(hostile("PERSID", zip(Pickle.start().op('P').raw(line("x"))), "PERSID"));
        files.add(
                hostile(
                        "persistent module",
                        zip(Pickle.start().op('(').text("module").text("x").op('t', 'Q')),
                        "refers to \"module\" outside"));
        files.add(
                hostile(
                        "persistent number",
                        zip(Pickle.start().op('N', 'Q')),
                        "refers to something"));
        return files;
    }

    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
