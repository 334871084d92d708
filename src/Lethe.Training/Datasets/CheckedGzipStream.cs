using System.IO.Compression;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// Decompresses a gzip file and, unlike <see cref="GZipStream"/> alone, notices when the file was cut off.
/// A complete marker member is appended to the input: its contents arrive at the very end only if every member before it was whole.
/// </summary>
internal sealed class CheckedGzipStream : Stream
{
    private static readonly byte[] Marker = "lethe-end-of-gz!"u8.ToArray();
    private static readonly byte[] MarkerMember = Compress(Marker);

    private readonly string _path;
    private readonly GZipStream _gzip;
    private readonly byte[] _pending = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _finished;

    public CheckedGzipStream(Stream compressed, string path)
    {
        _path = path;
        _gzip = new GZipStream(new Appended(compressed, MarkerMember), CompressionMode.Decompress);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        Fill();
        int ready = Math.Min(buffer.Length, _finished ? _end - _start : _end - _start - Marker.Length);
        if (ready <= 0) return 0;
        _pending.AsSpan(_start, ready).CopyTo(buffer);
        _start += ready;
        return ready;
    }

    private void Fill()
    {
        while (!_finished && _end - _start <= Marker.Length)
        {
            if (_start > 0)
            {
                _pending.AsSpan(_start, _end - _start).CopyTo(_pending);
                _end -= _start;
                _start = 0;
            }
            int read = Decompress(_pending.AsSpan(_end));
            _end += read;
            if (read == 0) Finish();
        }
    }

    private void Finish()
    {
        if (!_pending.AsSpan(_start, _end - _start).EndsWith(Marker)) throw Damaged(null);
        _end -= Marker.Length;
        _finished = true;
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error);
        }
    }

    private BadDataException Damaged(Exception? inner) =>
        new($"{_path}: the gzip data are cut off or damaged. Fetch the file again (`gzip -t` must accept it).", inner);

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] data)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(data);
        return memory.ToArray();
    }

    /// <summary>A stream followed by some bytes.</summary>
    private sealed class Appended(Stream first, byte[] last) : Stream
    {
        private int _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0) return read;
            read = Math.Min(buffer.Length, last.Length - _position);
            last.AsSpan(_position, read).CopyTo(buffer);
            _position += read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) first.Dispose();
            base.Dispose(disposing);
        }
    }
}
