var both = adapters(fresh)
    .add(adapter("../target/lesson-10/bank", fresh).named("bank"))
    .add(adapter("../target/lesson-10/lease", fresh).named("lease"));
