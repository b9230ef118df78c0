/** A patch that cannot be applied; nothing of it was. */
export class PatchFailure extends Error {
  override readonly name = "PatchFailure";
}
