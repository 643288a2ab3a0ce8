using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Relais.Backups;

/// <summary>What a table holds, whatever the order of its rows: their number, and the SHA-256 of each row's line added up modulo 2^256.</summary>
internal sealed class RowSum
{
    private readonly ulong[] sum = new ulong[4];

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        UInt128 carry = 0;
        for (var i = 0; i < sum.Length; i++)
        {
            var total = carry + sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(i * 8)..]);
            sum[i] = (ulong)total;
            carry = total >> 64;
        }

        Rows++;
    }

    public TableSum Total => new(Rows, string.Concat(sum.Reverse().Select(part => part.ToString("x16"))));
}

/// <summary>Of one table.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Sum">64 hex digits.</param>
internal sealed record TableSum(long Rows, string Sum);
