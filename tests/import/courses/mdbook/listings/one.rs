fn one() {
    // ANCHOR: part
    let part = 1;
    // ANCHOR_END: part
}
