using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relais.Simulator;
using Relais.Tests.Support;

namespace Relais.Tests.Fuzz;

/// <summary>Posts bodies at a server over its socket, many at once, and keeps what it answered.</summary>
internal sealed class FuzzStorm : IDisposable
{
    /// <summary>Sockets at once: more than the server has cores, few enough for a shared machine.</summary>
    private const int AtOnce = 32;

    private readonly RelaisHost relais;
    private readonly HttpClient http;

    public FuzzStorm(RelaisHost relais)
    {
        this.relais = relais;
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = relais.Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>How many answers there were of each status.</summary>
    public ConcurrentDictionary<int, int> Statuses { get; } = new();

    /// <summary>Posts what <paramref name="sign"/> makes of each number, and hands each answer's status to <paramref name="judge"/>.</summary>
    public Task Post(IEnumerable<int> numbers, Func<int, SignedFuzz> sign, Action<int, SignedFuzz, int> judge) =>
        Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancel) =>
        {
            var signed = sign(number);
            var status = await Post(signed, cancel);
            Statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            judge(number, signed, status);
        });

    public async Task<int> Post(SignedFuzz signed, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(relais.Url + signed.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = new ByteArrayContent(signed.Bytes);
        if (signed.ContentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", signed.ContentType);
        }

        foreach (var signature in signed.Signatures)
        {
            request.Headers.TryAddWithoutValidation(signed.Header, signature);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
        return (int)answer.StatusCode;
    }

    /// <summary>Signed as the provider would.</summary>
    public SignedFuzz Sign(FuzzBody body)
    {
        if (!body.IsTwilio)
        {
            return new SignedFuzz(body.Path, body.ContentType, body.Bytes, MetaSignature.Header, [MetaSignature.Of(relais.Meta.Secret, body.Bytes)], 200, body);
        }

        var pairs = body.IsTwilioJson ? [] : WireForm.Pairs(body.Bytes);
        var path = body.Path;
        if (pairs.Count == 0 && body.Bytes.Length > 0)
        {
            path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "bodySHA256=" + Convert.ToHexStringLower(SHA256.HashData(body.Bytes));
        }

        // More pairs than Twilio ever sends are not read, and another account's call is not ours, however well it is signed.
        var account = pairs.Find(p => p.Key == "AccountSid").Value;
        var expected = pairs.Count > 1000 || (account is not null && account != relais.Twilio.Account) ? 403 : 200;
        return new SignedFuzz(path, body.ContentType, body.Bytes, TwilioSignature.Header,
            [TwilioSignature.Of(relais.Twilio.Secret, relais.Url + path, pairs)], expected, body);
    }

    public void Dispose() => http.Dispose();
}

/// <summary>A webhook on the wire.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="ContentType">The header, or null.</param>
/// <param name="Bytes">The body.</param>
/// <param name="Header">The signature's header.</param>
/// <param name="Signatures">Its values: none, one, or two.</param>
/// <param name="Expected">The status it is to be answered with.</param>
/// <param name="Source">What it was made of.</param>
internal sealed record SignedFuzz(
    string Path, string? ContentType, byte[] Bytes, string Header, string[] Signatures, int Expected, FuzzBody Source)
{
    /// <summary>What nobody could read: no JSON, or JSON without the frame around every webhook.</summary>
    public bool IsUnreadable()
    {
        var isJson = !Source.IsTwilio || ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        if (!isJson)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Bytes.AsMemory(3) : Bytes);
            return document.RootElement.ValueKind != JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
