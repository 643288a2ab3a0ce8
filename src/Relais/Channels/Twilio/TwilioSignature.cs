using System.Security.Cryptography;
using System.Text;

namespace Relais.Channels.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c>: Base64 of HMAC-SHA1, keyed by the account's auth token, over the URL as configured with Twilio
/// and the sorted form (twilio.com, "Validating requests"; checked against the vectors of Twilio's own libraries).
/// Never throws.
/// </summary>
internal static class TwilioSignature
{
    private const string BodyHash = "bodySHA256";

    /// <summary>Length of a Base64 SHA-1.</summary>
    private const int HeaderLength = 28;

    /// <param name="authToken">The primary auth token of the account; empty refuses everything.</param>
    /// <param name="publicUrl">Scheme, host, path and raw query as Twilio was told them: case, user info and order kept.</param>
    /// <param name="form">Every pair of the body (<see cref="TwilioForm.Parse"/>); empty for GET.</param>
    /// <param name="header">The header as received.</param>
    public static bool IsValid(string authToken, string publicUrl, IReadOnlyList<KeyValuePair<string, string>> form, string? header)
    {
        if (string.IsNullOrEmpty(authToken) || header is not { Length: HeaderLength })
        {
            return false;
        }

        var key = Encoding.UTF8.GetBytes(authToken);
        var claimed = Encoding.UTF8.GetBytes(header);
        var suffix = Sorted(form);
        var valid = false;
        foreach (var url in Candidates(publicUrl))
        {
            var mac = HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(url + suffix));
            valid |= CryptographicOperations.FixedTimeEquals(claimed, Encoding.ASCII.GetBytes(Convert.ToBase64String(mac)));
        }

        return valid;
    }

    /// <summary>For a body that is no form: the URL is signed alone and must carry the body's hash in its query.</summary>
    public static bool IsValidForBody(string authToken, string publicUrl, ReadOnlySpan<byte> body, string? header) =>
        HashFits(publicUrl, body) && IsValid(authToken, publicUrl, [], header);

    private static bool HashFits(string publicUrl, ReadOnlySpan<byte> body)
    {
        var query = publicUrl.IndexOf('?');
        string? claimed = null;
        foreach (var pair in query < 0 ? [] : TwilioForm.ParseQuery(publicUrl[query..]))
        {
            if (pair.Key == BodyHash)
            {
                if (claimed is not null)
                {
                    return false;
                }

                claimed = pair.Value;
            }
        }

        if (claimed is null)
        {
            return body.IsEmpty;
        }

        var actual = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claimed.ToLowerInvariant()), actual);
    }

    /// <summary>Names by ordinal order, each name's distinct values by ordinal order, nothing between.</summary>
    private static string Sorted(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        if (form.Count == 0)
        {
            return string.Empty;
        }

        var pairs = form.ToArray();
        Array.Sort(pairs, (a, b) => string.CompareOrdinal(a.Key, b.Key) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        var text = new StringBuilder(256);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i == 0 || pairs[i].Key != pairs[i - 1].Key || pairs[i].Value != pairs[i - 1].Value)
            {
                text.Append(pairs[i].Key).Append(pairs[i].Value);
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Twilio's back end signs with or without the standard port, and writes an apostrophe of the query as %27 (WHATWG).
    /// Other ports are part of the URL and stay.
    /// </summary>
    private static IEnumerable<string> Candidates(string publicUrl)
    {
        var fragment = publicUrl.IndexOf('#');
        var url = fragment < 0 ? publicUrl : publicUrl[..fragment];
        foreach (var candidate in new[] { url, WithPortToggled(url) })
        {
            if (candidate is null)
            {
                continue;
            }

            yield return candidate;
            var query = candidate.IndexOf('?');
            if (query >= 0 && candidate.IndexOf('\'', query) >= 0)
            {
                yield return string.Concat(candidate.AsSpan(0, query), candidate[query..].Replace("'", "%27", StringComparison.Ordinal));
            }
        }
    }

    private static string? WithPortToggled(string url)
    {
        var standard = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? ":443"
            : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? ":80"
            : null;
        if (standard is null)
        {
            return null;
        }

        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(start).IndexOfAny('/', '?');
        var end = length < 0 ? url.Length : start + length;
        var host = url.AsSpan(start, end - start);
        host = host[(host.LastIndexOf('@') + 1)..];
        var port = host[(host.LastIndexOf(']') + 1)..].LastIndexOf(':') is var colon and >= 0 ? host[(host.LastIndexOf(']') + 1 + colon)..] : default;
        if (port.IsEmpty)
        {
            return url.Insert(end, standard);
        }

        return port.SequenceEqual(standard) ? url.Remove(end - standard.Length, standard.Length) : null;
    }
}
