package dev.freshet.log;

/** What followers get: what was appended lately from memory, what is older from the store. */
record RocksFeed(Partition partition) implements Tail.Source {
  private static final int LIMIT = 512;

  @Override
  public long head() {
    return partition.head();
  }

  @Override
  public Slice after(long offset) {
    return partition.recent().after(offset).orElseGet(() -> stored(offset));
  }

  private Slice stored(long offset) {
    long last = partition.head();
    SliceBuilder slice = new SliceBuilder(LIMIT);
    new EventScan(partition).forEach(offset, last, stored -> slice.add(stored.recorded()));
    return slice.build(last);
  }
}
