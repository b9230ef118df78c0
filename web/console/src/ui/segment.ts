/** What a topic segment may not hold stands in it as `~` and two digits for each byte of its UTF-8. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll("%", "%25").replace(/~(?=[0-9A-F]{2})/g, "%"));
  } catch {
    return segment;
  }
}
