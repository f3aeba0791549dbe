package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tunebook.core.Linear;
import tunebook.core.Shape;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Method;

/** (IA)³: factors [out, 1] where what comes out is scaled, [1, in] where what goes in is. */
final class Ia3Format implements PeftFormat {
    @Override
    public List<String> types() {
        return List.of("IA3");
    }

    @Override
    public boolean writes(Method method) {
        return method instanceof Ia3;
    }

    /** Both fields as lists or both as expressions: PEFT wants one list within the other. */
    @Override
    public JsonObject config(Adapter adapter, Outline base) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (Linear site : PeftModules.linear(base.sites().values()))
            if (adapter.weights().has(site.name() + Ia3.FACTORS))
                (Ia3.scalesInput(site) ? inputs : outputs).add(site.name());
        List<String> all = PeftNames.all(base);
        Optional<Set<String>> feedForward = PeftNames.endings(inputs, all);
        Optional<Set<String>> others = PeftNames.endings(outputs, all);
        JsonObject config = new JsonObject();
        config.addProperty(PeftFile.TYPE, types().get(0));
        if (feedForward.isPresent() && others.isPresent()) {
            Set<String> endings = new LinkedHashSet<>(others.get());
            endings.addAll(feedForward.get());
            config.add("target_modules", new Gson().toJsonTree(endings));
            config.add("feedforward_modules", new Gson().toJsonTree(feedForward.get()));
        } else {
            outputs.addAll(inputs);
            config.add("target_modules", new JsonPrimitive(PeftNames.regex(outputs)));
            config.add("feedforward_modules", new JsonPrimitive(PeftNames.regex(inputs)));
        }
        config.addProperty("fan_in_fan_out", base.model().filesTurned());
        config.addProperty("init_ia3_weights", true);
        return config;
    }

    @Override
    public Weights theirs(Adapter adapter, Outline base) {
        Map<String, Tensor> theirs = new HashMap<>();
        for (Linear site : PeftModules.linear(base.sites().values())) {
            String name = site.name() + Ia3.FACTORS;
            if (adapter.weights().has(name)) {
                Tensor factors = adapter.weights().get(name);
                theirs.put(name, Tensor.of(factors.type(), shape(site, base), factors.bytes()));
            }
        }
        return Weights.of(theirs);
    }

    /** At a convolution all factors lie along the second of four dimensions. */
    private static Shape shape(Linear site, Outline base) {
        boolean input = Ia3.scalesInput(site);
        if (!base.model().kernel(site.name()).isEmpty())
            return Shape.of(1, input ? site.in() : site.out(), 1, 1);
        return input ? Shape.of(1, site.in()) : Shape.of(site.out(), 1);
    }

    @Override
    public Method method(PeftFile file, Outline base) {
        List<Site> sites = PeftModules.adapted(file.config(), base);
        return new Ia3(PeftModules.targets(PeftModules.linear(sites), base));
    }

    @Override
    public Weights ours(PeftFile file, Outline base) {
        Map<String, Tensor> ours = new HashMap<>();
        file.tensors().names().forEach(name -> ours.put(name, file.tensor(name)));
        for (Linear site : PeftModules.linear(base.sites().values())) {
            String name = site.name() + Ia3.FACTORS;
            if (!ours.containsKey(name)) continue;
            Tensor factors = ours.get(name);
            if (!factors.shape().equals(shape(site, base)))
                throw file.misfit(name, shape(site, base));
            ours.put(name, Matrix.reshaped(factors, (int) factors.shape().elements()));
        }
        return Weights.of(ours);
    }
}
