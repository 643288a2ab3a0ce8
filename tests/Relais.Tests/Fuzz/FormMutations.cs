using System.Text;
using System.Text.Json;

namespace Relais.Tests.Fuzz;

/// <summary>Damage to a urlencoded body: to its pairs, to their escapes, to their number.</summary>
internal static class FormMutations
{
    public static byte[] Of(Random random, byte[] form)
    {
        if (form.Length == 0 || random.Next(6) == 0)
        {
            return Mutations.OfBytes(random, form);
        }

        var pairs = Encoding.Latin1.GetString(form).Split('&').ToList();
        var at = random.Next(pairs.Count);
        var name = pairs[at].Split('=')[0];
        switch (random.Next(random.Next(40) == 0 ? 9 : 7))
        {
            case 0:
                pairs.RemoveAt(at);
                break;
            case 1:
                pairs.Insert(random.Next(pairs.Count + 1), name + "=" + Value(random));
                break;
            case 2:
                pairs[at] = name;
                break;
            case 3:
                pairs[at] = (random.Next(2) == 0 ? name.ToLowerInvariant() : Value(random)) + pairs[at][name.Length..];
                break;
            case 4:
                pairs[at] = name + "=" + random.NextInt64(33_600_000_000, 33_699_999_999);
                break;
            case 7:
                pairs.AddRange(Enumerable.Range(0, 10_000).Select(n => $"f{n}={n}"));
                break;
            case 8:
                pairs.AddRange(Enumerable.Range(0, 1000 - Math.Min(1000, pairs.Count)).Select(n => $"Body={n}"));
                break;
            default:
                pairs[at] = name + "=" + Value(random);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('&', pairs));
    }

    /// <summary>The same parameters as a JSON object, as a Studio flow posts them.</summary>
    public static byte[] ToJson(byte[] form) => JsonSerializer.SerializeToUtf8Bytes(
        WireForm.Pairs(form).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value));

    private static string Value(Random random) => Encoding.Latin1.GetString(HostileValues.NextForm(random));
}
