const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** A topic whose uuids are cut short, so that a row has room for the words between them. */
export function shortTopic(topic: string): string {
  return topic.replace(uuid, "$1…");
}
