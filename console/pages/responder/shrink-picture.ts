/** Pixels of the longest side: what the site keeps. A poor line need not carry more. */
const maxSide = 1600;
const quality = 0.8;

/** A smaller JPEG of a picture, or the picture itself when this browser cannot make one. */
export const shrinkPicture = async (picture: Blob): Promise<Blob> => {
  try {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const smaller = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', quality),
    );
    return smaller && smaller.size < picture.size ? smaller : picture;
  } catch {
    return picture; // the site says whether it can be read
  }
};
