namespace Lethe.Training.Datasets;

/// <summary>The next bytes of another stream, as a stream of its own; disposing it leaves the other one open.</summary>
internal sealed class BoundedStream(Stream inner, long length) : Stream
{
    /// <summary>The bytes that are still to come.</summary>
    public long Left { get; private set; } = length;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer[..(int)Math.Min(buffer.Length, Left)]);
        Left -= read;
        return read;
    }

    /// <summary>Reads what is left; false when the other stream ends before.</summary>
    public bool TrySkip()
    {
        byte[] buffer = new byte[Math.Min(Left, 64 * 1024)];
        while (Left > 0)
        {
            if (Read(buffer) == 0) return false;
        }
        return true;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
