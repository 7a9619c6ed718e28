"""Simulated cameras: an RTSP server that plays clips in real time. See README.md for the description it reads.

Reads one line of JSON from standard input, prints one line of JSON when it listens, and runs until standard input closes or
SIGTERM arrives. Needs Debian's own python3: another one does not see `gi`.
"""

import json
import signal
import sys

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstRtsp', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)

from clip import Clip, ClipError, garbage_like, load_clip  # noqa: E402

PAYLOADERS = {
    'h264': 'rtph264pay config-interval=-1 pt=96',
    'h265': 'rtph265pay config-interval=-1 pt=96',
    'mjpeg': 'rtpjpegpay pt=26',
}
# One call for two seconds of pictures costs a fifth of one call for each.
GOP_UNITS = 50
METHODS = {'digest': GstRtsp.RTSPAuthMethod.DIGEST, 'basic': GstRtsp.RTSPAuthMethod.BASIC}
SOUND = 'audiotestsrc is-live=true volume=0.1 ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay'
AUDIO_LAUNCH = f'( {SOUND} name=pay0 pt=8 )'


class Feeder:
    """Hands one mount's pictures to one media, a GOP at a time; `clocksync` lets each go when it is due.

    RTP time goes on over the loop's cut, since it counts what was sent.
    """

    def __init__(self, mount: 'Mount'):
        self.mount = mount
        self.first = None
        self.sent = 0

    def send_gop(self, source: Gst.Element, _size: int):
        """Runs in the media's own thread whenever nothing is waiting to be sent."""
        clip, loop = self.mount.clip, self.mount.loop
        self.first = self.mount.start_index() if self.first is None else self.first
        for _ in range(GOP_UNITS):
            index = self.first + self.sent
            if index >= len(clip.units) and not loop:
                source.emit('end-of-stream')
                return
            self.send(source, clip.units[index % len(clip.units)])

    def send(self, source: Gst.Element, unit: Gst.Buffer):
        frame_ns = self.mount.clip.frame_ns
        pts = self.sent * frame_ns
        self.sent += 1
        if self.mount.has_fault('stall', pts):
            return
        # A copy shares the picture's bytes.
        buffer = garbage_like(unit, self.mount.codec) if self.mount.has_fault('garbage', pts) else unit.copy()
        buffer.pts = buffer.dts = pts
        buffer.duration = frame_ns
        source.emit('push-buffer', buffer)


class Mount:
    """One simulated camera."""

    def __init__(self, description: dict, clips: dict):
        self.path = description['path']
        self.codec = description.get('codec', 'h264')
        self.loop = description.get('loop', True)
        self.timeline = description.get('timeline', 'server')
        self.offset_ns = int(description.get('offsetSeconds', 0) * Gst.SECOND)
        self.auth = description.get('auth')
        # GStreamer wants a name of letters and digits here.
        self.role = 'user' + self.auth['user'].encode().hex() if self.auth else None
        self.fault = description.get('fault') or {}
        self.has_sound = description.get('hasSound', False)
        self.origin_us = GLib.get_monotonic_time() if self.timeline == 'server' else None
        self.clip: Clip | None = None
        if self.fault.get('kind') != 'audioOnly':
            key = (description['file'], self.codec)
            self.clip = clips.get(key) or load_clip(*key)
            clips[key] = self.clip

    def has_fault(self, kind: str, after_ns: int) -> bool:
        return self.fault.get('kind') == kind and after_ns >= self.fault.get('afterSeconds', 0) * Gst.SECOND

    def position_ns(self) -> int:
        """Where a camera whose time goes on by itself is now."""
        if self.origin_us is None:
            return self.offset_ns
        return (GLib.get_monotonic_time() - self.origin_us) * 1000 + self.offset_ns

    def is_over(self) -> bool:
        own_time = self.clip is not None and not self.loop and self.timeline != 'client'
        return own_time and self.position_ns() >= self.clip.length_ns

    def start_index(self) -> int:
        if self.timeline == 'client' or self.origin_us is None:
            self.origin_us = GLib.get_monotonic_time()
        return self.clip.keyframe_at(self.position_ns() % self.clip.length_ns)

    def factory(self) -> GstRtspServer.RTSPMediaFactory:
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_shared(True)
        factory.set_launch(AUDIO_LAUNCH if self.clip is None else self.launch())
        if self.clip is not None:
            factory.connect('media-configure', self.feed)
        if self.auth:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role(self.role, 'media.factory.access', True)
            permissions.add_permission_for_role(self.role, 'media.factory.construct', True)
            factory.set_permissions(permissions)
        return factory

    def launch(self) -> str:
        source = 'appsrc name=src is-live=true format=time max-bytes=0'
        video = f'{source} ! clocksync ! {PAYLOADERS[self.codec]} name=pay0'
        return f'( {video} {SOUND} name=pay1 pt=8 )' if self.has_sound else f'( {video} )'

    def feed(self, _factory, media: GstRtspServer.RTSPMedia):
        source = media.get_element().get_by_name('src')
        source.set_property('caps', Gst.Caps.from_string(self.clip.caps))
        source.connect('need-data', Feeder(self).send_gop)


class Doorkeeper(GstRtspServer.RTSPAuth):
    """Asks for a name and password, digest or basic, where a mount has them; the other mounts are open."""

    def protect(self, mounts: list[Mount]):
        self.mounts = [mount for mount in mounts if mount.auth]
        for mount in self.mounts:
            token = GstRtspServer.RTSPToken()
            token.set_string('media.factory.role', mount.role)
            user, password = mount.auth['user'], mount.auth['password']
            self.add_digest(user, password, token)
            self.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)

    def do_check(self, context, check: str) -> bool:
        path = context.uri.abspath if context.uri else ''
        for mount in self.mounts:
            if path == mount.path or path.startswith(mount.path + '/'):
                # One thread serves all clients, so the method can follow the mount.
                self.set_supported_methods(METHODS[mount.auth.get('method', 'digest')])
                return GstRtspServer.RTSPAuth.do_check(self, context, check)
        return True


def watch(client: GstRtspServer.RTSPClient, mounts: list[Mount]):
    """Does what no media can do: refuses a clip that is over, and drops the connection."""

    def mount_of(context) -> Mount | None:
        path = context.uri.abspath.rstrip('/')
        return next((mount for mount in mounts if mount.path == path), None)

    def before_describe(_client, context) -> GstRtsp.RTSPStatusCode:
        mount = mount_of(context)
        return GstRtsp.RTSPStatusCode.NOT_FOUND if mount and mount.is_over() else GstRtsp.RTSPStatusCode.OK

    def on_play(_client, context):
        mount = mount_of(context)
        if mount and mount.fault.get('kind') == 'close':
            GLib.timeout_add(int(mount.fault['afterSeconds'] * 1000), lambda: client.close() and False)

    client.connect('pre-describe-request', before_describe)
    client.connect('play-request', on_play)


def listen(description: dict) -> GstRtspServer.RTSPServer:
    clips: dict = {}
    mounts = [Mount(each, clips) for each in description['mounts']]
    server = GstRtspServer.RTSPServer()
    server.set_address('127.0.0.1')
    server.set_service(str(description.get('port', 0)))
    doorkeeper = Doorkeeper()
    doorkeeper.protect(mounts)
    server.set_auth(doorkeeper)
    points = server.get_mount_points()
    for mount in mounts:
        points.add_factory(mount.path, mount.factory())
    server.connect('client-connected', lambda _, client: watch(client, mounts))
    if server.attach(None) == 0:
        raise OSError(f"cannot listen on port {description.get('port', 0)}")
    return server


def main() -> int:
    loop = GLib.MainLoop()
    try:
        server = listen(json.loads(sys.stdin.readline()))
    except (ClipError, OSError, KeyError, ValueError) as problem:
        print(f'{type(problem).__name__}: {problem}', file=sys.stderr)
        return 2
    GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGTERM, loop.quit)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_HIGH, GLib.IOCondition.HUP | GLib.IOCondition.IN, lambda *_: loop.quit())
    print(json.dumps({'port': server.get_bound_port()}), flush=True)
    loop.run()
    return 0


if __name__ == '__main__':
    sys.exit(main())
