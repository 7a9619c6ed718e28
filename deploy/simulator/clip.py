"""A clip's pictures in memory, as access units that can be sent again and again."""

import random
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from gi.repository import Gst

# config-interval=-1 puts the parameter sets before each keyframe, whatever the file has.
PARSERS = {
    'h264': 'h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,alignment=au',
    'h265': 'h265parse config-interval=-1 ! video/x-h265,stream-format=byte-stream,alignment=au',
    'mjpeg': 'jpegparse ! image/jpeg',
}
LOAD_SECONDS = 20


class ClipError(Exception):
    pass


@dataclass
class Clip:
    """Access units in sending order, without B-frames: each picture is shown one frame duration after the one before."""

    caps: str
    units: list[Gst.Buffer]
    keyframes: list[int]
    frame_ns: int

    @property
    def length_ns(self) -> int:
        return len(self.units) * self.frame_ns

    def keyframe_at(self, position_ns: int) -> int:
        """The last keyframe at or before a position."""
        index = position_ns // self.frame_ns
        return self.keyframes[max(0, bisect_right(self.keyframes, index) - 1)]


def load_clip(path: str, codec: str) -> Clip:
    pipeline = Gst.parse_launch(f'filesrc name=file ! parsebin ! {PARSERS[codec]} ! appsink name=sink sync=false')
    pipeline.get_by_name('file').set_property('location', path)
    pipeline.set_state(Gst.State.PLAYING)
    try:
        return pull_clip(pipeline, path)
    finally:
        pipeline.set_state(Gst.State.NULL)


def pull_clip(pipeline: Gst.Pipeline, path: str) -> Clip:
    units, keyframes, caps = [], [], None
    for sample in pull_samples(pipeline, path):
        caps = caps or sample.get_caps()
        buffer = sample.get_buffer()
        if not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT):
            keyframes.append(len(units))
        units.append(buffer)
    if not keyframes:
        raise ClipError(f"the clip '{path}' has no keyframe")
    known, numerator, denominator = caps.get_structure(0).get_fraction('framerate')
    fps = (numerator, denominator) if known and numerator > 0 else (25, 1)
    return Clip(caps.to_string(), units, keyframes, Gst.SECOND * fps[1] // fps[0])


def pull_samples(pipeline: Gst.Pipeline, path: str) -> Iterator[Gst.Sample]:
    sink, bus = pipeline.get_by_name('sink'), pipeline.get_bus()
    deadline = time.monotonic() + LOAD_SECONDS
    while not sink.get_property('eos'):
        if sample := sink.emit('try-pull-sample', 50 * Gst.MSECOND):
            yield sample
        elif message := bus.pop_filtered(Gst.MessageType.ERROR):
            raise ClipError(f"cannot read the clip '{path}': {message.parse_error()[0].message}")
        elif time.monotonic() > deadline:
            raise ClipError(f"cannot read the clip '{path}' within {LOAD_SECONDS} s")


def garbage_like(unit: Gst.Buffer, codec: str) -> Gst.Buffer:
    """One NAL unit of random bytes as long as the picture: RTP carries it as usual, no decoder can use it.

    The header names a slice of an ordinary picture, and what follows a parameter set that was never sent (from 63 on): of
    random bytes alone a decoder now and then makes a picture. No byte is 0: two of them and a 1 would be a start code.
    """
    header = b'\x41\xc0\xff' if codec == 'h264' else b'\x02\x01\x81\xff'
    body = bytes(random.choices(range(1, 256), k=max(16, unit.get_size() - 7)))
    return Gst.Buffer.new_wrapped(b'\0\0\0\1' + header + body)
