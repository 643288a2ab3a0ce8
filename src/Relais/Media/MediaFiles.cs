using System.Security.Cryptography;

namespace Relais.Media;

/// <summary>
/// The folder of files, named by what they hold: <c>ab/abcd…</c> (SHA-256, hex). In: bytes, written beside and hashed on the
/// way. Promise: a name is only ever on a whole file whose bytes are on the disk; the same bytes lie there once.
/// </summary>
/// <param name="folder">Nodes that share a database share it.</param>
internal sealed class MediaFiles(string folder)
{
    /// <summary>Where files lie while they come in.</summary>
    private readonly string incoming = Path.Combine(Path.GetFullPath(folder), "incoming");

    public string Folder { get; } = Path.GetFullPath(folder);

    public string Incoming => incoming;

    /// <summary>A file to write into. Dispose it; unless it was kept, it is gone then.</summary>
    public PendingFile Begin()
    {
        MakePrivate(Folder);
        Directory.CreateDirectory(incoming);
        return new PendingFile(Path.Combine(incoming, $"{Guid.NewGuid():N}.part"));
    }

    /// <summary>Gives the file its name, on the disk when this returns. Call it before the row that names the file is written.</summary>
    public async Task<string> Keep(PendingFile pending, CancellationToken cancel)
    {
        var sha = await pending.Finish(cancel);
        var path = PathOf(sha);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Over what may be there already: the sweeper sees a young file then, and leaves it alone.
        File.Move(pending.Path, path, overwrite: true);
        return sha;
    }

    /// <summary>Where the file of a hash lies, if it does.</summary>
    /// <exception cref="ArgumentException">Not 64 hex digits: nothing else ever becomes a path.</exception>
    public string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(Folder, sha256[..2], sha256)
        : throw new ArgumentException("A file is named by 64 hex digits.", nameof(sha256));

    private static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(path);
    }
}

/// <summary>A file that comes in: hashed while it is written, without a name until it is whole.</summary>
internal sealed class PendingFile : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file;
    private string? sha;

    public PendingFile(string path)
    {
        Path = path;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024, useAsync: true);
    }

    public string Path { get; }

    /// <summary>Bytes written so far.</summary>
    public long Size { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Size;

    public override long Position
    {
        get => Size;
        set => throw new NotSupportedException();
    }

    /// <summary>Brings all of it to the disk and returns its SHA-256 in hex.</summary>
    public async Task<string> Finish(CancellationToken cancel)
    {
        if (sha is null)
        {
            await file.FlushAsync(cancel);
            file.Flush(flushToDisk: true);
            await file.DisposeAsync();
            sha = Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        return sha;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hash.AppendData(buffer.Span);
        Size += buffer.Length;
        await file.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Written asynchronously only.");

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            hash.Dispose();
            File.Delete(Path);
        }

        base.Dispose(disposing);
    }
}
