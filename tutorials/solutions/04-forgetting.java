var mine = second.recipes(lora(4).last(1)).run();
