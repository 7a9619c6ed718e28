import sharp from 'sharp';

// libvips keeps up to 50 MB of what it did lately, for when the same is asked for again. Every picture here is another one.
sharp.cache(false);
// One thread a picture: there are as many cameras as the cores can take.
sharp.concurrency(1);

export { sharp };
