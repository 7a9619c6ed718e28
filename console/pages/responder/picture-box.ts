import type { PictureMoment } from '../../../core/schema/alert.ts';

/** A picture that was chosen and is not with the site yet. */
export interface ChosenPicture {
  id: string;
  when: PictureMoment;
  bytes: Blob;
}

/** Chosen pictures, kept over reloads of the page. */
export interface PictureBox {
  all(): Promise<ChosenPicture[]>;
  put(picture: ChosenPicture): Promise<void>;
  remove(id: string): Promise<void>;
}

const storeName = 'pictures';

/** In IndexedDB; where a telephone refuses that, in memory, and a reload asks for the picture again. */
export const openPictureBox = (token: string): PictureBox => {
  const memory = new Map<string, ChosenPicture>();
  const opening = openDatabase().catch(() => undefined);
  const run = async <T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | undefined> => {
    const database = await opening;
    if (!database) return undefined;
    return settled(work(database.transaction(storeName, mode).objectStore(storeName))).catch(() => undefined);
  };
  return {
    all: async () => {
      const rows = (await run('readonly', (store) => store.getAll())) as (ChosenPicture & {
        token: string;
      })[];
      for (const { token: owner, ...picture } of rows ?? [])
        if (owner === token) memory.set(picture.id, picture);
      return [...memory.values()];
    },
    put: async (picture) => {
      memory.set(picture.id, picture);
      await run('readwrite', (store) => store.put({ ...picture, token }));
    },
    remove: async (id) => {
      memory.delete(id);
      await run('readwrite', (store) => store.delete(id));
    },
  };
};

const openDatabase = (): Promise<IDBDatabase> => {
  const request = indexedDB.open('xueliang-answers', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'id' });
  return settled(request);
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
