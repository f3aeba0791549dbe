// one of the two is missing
var both = adapters(fresh).add(adapter("../target/lesson-10/bank", fresh).named("bank"));
