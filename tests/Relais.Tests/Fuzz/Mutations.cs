using System.Text;

namespace Relais.Tests.Fuzz;

/// <summary>Damage to a body: to its bytes, or, as long as it is JSON, to its meaning.</summary>
internal static class Mutations
{
    private static readonly byte[][] Inserts =
    [
        [0], [0, 0, 0, 0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xEF, 0xBB, 0xBF], "\r\n"u8.ToArray(), "]"u8.ToArray(), "}"u8.ToArray(),
        "\""u8.ToArray(), ","u8.ToArray(), "\\"u8.ToArray(), "\\u12"u8.ToArray(), "&"u8.ToArray(), "="u8.ToArray(), "%"u8.ToArray(), "//"u8.ToArray(),
    ];

    public static byte[] OfBytes(Random random, byte[] body)
    {
        var at = random.Next(body.Length + 1);
        switch (random.Next(9))
        {
            case 0:
                return body[..at];
            case 1:
                return body[at..];
            case 2:
                return Splice(body, at, at, Inserts[random.Next(Inserts.Length)]);
            case 3:
                return Splice(body, at, Math.Min(body.Length, at + random.Next(1, 40)), []);
            case 4:
                return [.. body, .. body];
            case 5:
                return random.Next(2) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)) : Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(body));
            case 6:
                return [0xEF, 0xBB, 0xBF, .. body];
            case 7:
                return [.. body, .. Inserts[random.Next(Inserts.Length)]];
            default:
                var flipped = body.ToArray();
                for (var hits = random.Next(1, 4); hits > 0 && flipped.Length > 0; hits--)
                {
                    flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                }

                return flipped;
        }
    }

    /// <summary>A wrong type, a missing or doubled member, a list for an object, a value many times; damaged bytes when it is not JSON.</summary>
    public static byte[] OfJson(Random random, byte[] json)
    {
        var spots = JsonSpots.Of(json);
        if (spots.Count == 0 || random.Next(8) == 0)
        {
            return OfBytes(random, json);
        }

        var spot = spots[random.Next(spots.Count)];
        var value = json[spot.ValueStart..spot.End];
        switch (random.Next(7))
        {
            case 0:
                return Removed(json, spot);
            case 1:
                return Splice(json, spot.ValueStart, spot.End, random.Next(2) == 0 ? [.. "["u8, .. value, .. "]"u8] : [.. "{\"x\":"u8, .. value, .. "}"u8]);
            case 2 when spot.IsMember:
                // The same name again, before or after, with another value.
                byte[] other = [.. json[spot.Start..spot.ValueStart], .. HostileValues.NextJson(random)];
                return random.Next(2) == 0
                    ? Splice(json, spot.Start, spot.Start, [.. other, .. ","u8])
                    : Splice(json, spot.End, spot.End, [.. ","u8, .. other]);
            case 3 when !spot.IsMember:
                byte[] copy = [.. value, .. ","u8];
                return Splice(json, spot.ValueStart, spot.ValueStart, [.. Enumerable.Repeat(copy, random.Next(1, 30)).SelectMany(c => c)]);
            case 4 when value[0] is (byte)'[' or (byte)'{':
                var swapped = value.ToArray();
                (swapped[0], swapped[^1]) = value[0] == '[' ? ((byte)'{', (byte)'}') : ((byte)'[', (byte)']');
                return Splice(json, spot.ValueStart, spot.End, swapped);
            case 5:
                // A text of its own: a new id, a new sender, a new text.
                return Splice(json, spot.ValueStart, spot.End, Encoding.ASCII.GetBytes($"\"{random.NextInt64(33_600_000_000, 33_699_999_999)}\""));
            default:
                return Splice(json, spot.ValueStart, spot.End, HostileValues.NextJson(random));
        }
    }

    public static byte[] Splice(byte[] body, int from, int to, ReadOnlySpan<byte> instead) => [.. body[..from], .. instead, .. body[to..]];

    private static byte[] Removed(byte[] json, JsonSpot spot)
    {
        var (from, to) = (spot.Start, spot.End);
        if (to < json.Length && json[to] == ',')
        {
            to++;
        }
        else if (json.AsSpan(0, from).TrimEnd(" \r\n\t"u8) is [.., (byte)','] before)
        {
            from = before.Length - 1;
        }

        return Splice(json, from, to, []);
    }
}
