using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relais.Chaos.Load;

/// <summary>
/// Somebody at the desk who takes conversations over, writes, and gives them back, each act repeated under its
/// Idempotency-Key until it is answered.
/// </summary>
internal sealed class DeskPerson(Func<Uri> node, string email, string password, LedgerFile ledger, int seed) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private int sent;

    /// <summary>Messages of this person that were answered 2xx.</summary>
    public int Sent => sent;

    public async Task SignIn()
    {
        using var answer = await http.PostAsJsonAsync(new Uri(node(), "api/auth/login"), new { email, password });
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("token").GetString());
    }

    /// <summary>One act a second or so, until <paramref name="stop"/>.</summary>
    public async Task Work(CancellationToken stop)
    {
        var random = new Random(seed);
        for (var act = 0; !stop.IsCancellationRequested; act++)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(500 + random.Next(1000)), stop));
            if (await Any(random) is not { } conversation)
            {
                continue;
            }

            switch (random.Next(10))
            {
                case < 3:
                    await Act(conversation, "take-over", null, stop);
                    break;
                case < 6:
                    await Say(conversation, $"{email} {act}: je regarde votre commande.", stop);
                    break;
                default:
                    await Act(conversation, "release", null, stop);
                    break;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task Say(long conversation, string text, CancellationToken stop)
    {
        ledger.PersonTries(text);
        if (await Act(conversation, "send", text, stop) is { } answer)
        {
            ledger.PersonSent(answer.GetProperty("message_id").GetInt64());
            Interlocked.Increment(ref sent);
        }
    }

    /// <summary>The answer's body when it was carried out; null when it was refused, or the run ended.</summary>
    private async Task<JsonElement?> Act(long conversation, string verb, string? message, CancellationToken stop)
    {
        var key = Guid.NewGuid().ToString("N");
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node(), $"api/conversations/{conversation}/{verb}"));
            request.Headers.Add("Idempotency-Key", key);
            request.Content = message is null ? null : JsonContent.Create(new { message });
            try
            {
                using var answer = await http.SendAsync(request, CancellationToken.None);
                if ((int)answer.StatusCode is >= 200 and < 300)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                }

                if ((int)answer.StatusCode is >= 400 and < 500 and not (409 or 429))
                {
                    return null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or System.Net.Sockets.SocketException)
            {
                // Nobody there, or it died over our request: the same key again.
            }

            await Task.WhenAny(Task.Delay(300, stop));
        }

        return null;
    }

    private async Task<long?> Any(Random random)
    {
        try
        {
            var list = await http.GetFromJsonAsync<JsonElement>(new Uri(node(), "api/conversations?limit=50"), CancellationToken.None);
            var rows = list.GetProperty("items");
            return rows.GetArrayLength() == 0 ? null : rows[random.Next(rows.GetArrayLength())].GetProperty("id").GetInt64();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }
}
