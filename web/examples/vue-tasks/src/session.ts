import { shallowRef } from "vue";

/** The token that was pasted; in memory only. */
export const token = shallowRef<string>();

/** Whether the last one was refused. */
export const refused = shallowRef(false);

export function signIn(pasted: string): void {
  refused.value = false;
  token.value = pasted;
}

export function signOut(): void {
  refused.value = true;
  token.value = undefined;
}
