using System.Buffers;

namespace Relais.Foundation;

/// <summary>Copies what strangers send, and stops where it becomes too much.</summary>
internal static class BoundedCopy
{
    /// <summary>False when there is more than <paramref name="limit"/> bytes; no more than that is written, and the rest is not read.</summary>
    /// <param name="from">What comes.</param>
    /// <param name="into">Where it goes.</param>
    /// <param name="limit">Bytes at most.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="heard">Called whenever something came.</param>
    public static async Task<bool> Copy(Stream from, Stream into, long limit, CancellationToken cancel, Action? heard = null)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var left = limit;
            while (await from.ReadAsync(buffer, cancel) is var count and > 0)
            {
                heard?.Invoke();
                if (count > left)
                {
                    return false;
                }

                await into.WriteAsync(buffer.AsMemory(0, count), cancel);
                left -= count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
