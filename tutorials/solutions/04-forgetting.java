var mine = second.recipes(lora(4).last(1)).epochs(6).run();
