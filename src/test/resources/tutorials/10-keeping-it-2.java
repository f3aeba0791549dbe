// the names are swapped
var both = adapters(fresh)
    .add(adapter("../target/lesson-10/bank", fresh).named("lease"))
    .add(adapter("../target/lesson-10/lease", fresh).named("bank"));
