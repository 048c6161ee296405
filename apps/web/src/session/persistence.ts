/** Whether the browser keeps what it was given until its user deletes it, or only as long as it likes. */

/** Some ask their user, some decide by how the app is used; nothing waits for it. */
export async function askToPersist(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    // a browser that cannot be asked
    return false;
  }
}

export async function isPersistent(): Promise<boolean> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}
