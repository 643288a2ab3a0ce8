using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Relais.Backups;

/// <summary>
/// An archive under a passphrase: a mark, the salt and the rounds of PBKDF2-SHA256, then pieces sealed with AES-256-GCM. The nonce of a
/// piece is its number and whether it is the last one, so that pieces in another order, or an end that is missing, do not open.
/// </summary>
internal static class SealedStream
{
    public const int Piece = 64 * 1024;
    public const int TagSize = 16;
    private const int SaltSize = 16;

    /// <summary>OWASP's figure for PBKDF2 with SHA-256 (2023).</summary>
    private const int Rounds = 600_000;

    public static ReadOnlySpan<byte> Mark => "RELAIS-SEALED-1\n"u8;

    public static Stream Write(Stream to, string passphrase)
    {
        var head = new byte[Mark.Length + SaltSize + 4];
        Mark.CopyTo(head);
        RandomNumberGenerator.Fill(head.AsSpan(Mark.Length, SaltSize));
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(Mark.Length + SaltSize), Rounds);
        to.Write(head);
        return new SealingStream(to, Key(passphrase, head.AsSpan(Mark.Length, SaltSize), Rounds));
    }

    /// <param name="from">Stands behind the mark.</param>
    /// <param name="passphrase">As it was sealed with.</param>
    public static Stream Read(Stream from, string passphrase)
    {
        Span<byte> head = stackalloc byte[SaltSize + 4];
        if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw new BackupRefusedException("The backup is cut off at its beginning.");
        }

        // A number somebody else wrote: it must not keep the machine busy for hours, nor be next to nothing.
        var rounds = BinaryPrimitives.ReadInt32BigEndian(head[SaltSize..]);
        return rounds is >= 100_000 and <= 10_000_000
            ? new OpeningStream(from, Key(passphrase, head[..SaltSize], rounds))
            : throw new BackupRefusedException("The backup was changed: its head says something no Relais writes.");
    }

    public static void Nonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }

    private static AesGcm Key(string passphrase, ReadOnlySpan<byte> salt, int rounds) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, rounds, HashAlgorithmName.SHA256, 32), TagSize);

    private sealed class SealingStream(Stream to, AesGcm key) : PieceStream
    {
        private readonly byte[] plain = new byte[Piece];
        private readonly byte[] box = new byte[4 + Piece + TagSize];
        private int filled;
        private long number;
        private bool isEnded;

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                if (filled == Piece)
                {
                    Put(isLast: false);
                }

                var taken = Math.Min(buffer.Length, Piece - filled);
                buffer[..taken].CopyTo(plain.AsSpan(filled));
                filled += taken;
                buffer = buffer[taken..];
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !isEnded)
            {
                isEnded = true;
                Put(isLast: true);
                key.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Put(bool isLast)
        {
            Span<byte> nonce = stackalloc byte[12];
            Nonce(nonce, number++, isLast);
            BinaryPrimitives.WriteInt32BigEndian(box, filled | (isLast ? int.MinValue : 0));
            key.Encrypt(nonce, plain.AsSpan(0, filled), box.AsSpan(4, filled), box.AsSpan(4 + filled, TagSize), box.AsSpan(0, 4));
            to.Write(box.AsSpan(0, 4 + filled + TagSize));
            filled = 0;
        }
    }

    private sealed class OpeningStream(Stream from, AesGcm key) : PieceStream
    {
        private readonly byte[] box = new byte[4 + Piece + TagSize];
        private readonly byte[] plain = new byte[Piece];
        private int at;
        private int filled;
        private long number;
        private bool isLast;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            while (at == filled)
            {
                if (isLast)
                {
                    return 0;
                }

                Next();
            }

            var taken = Math.Min(buffer.Length, filled - at);
            plain.AsSpan(at, taken).CopyTo(buffer);
            at += taken;
            return taken;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                key.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Next()
        {
            Fill(box.AsSpan(0, 4));
            var size = BinaryPrimitives.ReadInt32BigEndian(box);
            (isLast, size) = (size < 0, size & int.MaxValue);
            if (size > Piece)
            {
                throw new BackupRefusedException("The backup was changed after it was made.");
            }

            Fill(box.AsSpan(4, size + TagSize));
            Span<byte> nonce = stackalloc byte[12];
            Nonce(nonce, number, isLast);
            try
            {
                key.Decrypt(nonce, box.AsSpan(4, size), box.AsSpan(4 + size, TagSize), plain.AsSpan(0, size), box.AsSpan(0, 4));
            }
            catch (CryptographicException e)
            {
                throw new BackupRefusedException(number == 0
                    ? "The passphrase is not the one this backup was made with, or the backup was changed."
                    : "The backup was changed after it was made.", e);
            }

            (at, filled, number) = (0, size, number + 1);
        }

        private void Fill(Span<byte> part)
        {
            if (from.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            {
                throw new BackupRefusedException("The backup is cut off: its end is missing.");
            }
        }
    }

    /// <summary>One way, no seeking; arrays and asynchronous calls end in the spans above.</summary>
    private abstract class PieceStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanWrite => false;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
