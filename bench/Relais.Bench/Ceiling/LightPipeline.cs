using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace Relais.Bench.Ceiling;

/// <summary>
/// Speed of light: signature, group commit under a unique id, 200, one POST to the provider, group commit of what was sent. No conversation, no
/// decision, nothing marked before the wire, nothing found again after a crash: less cannot answer once.
/// </summary>
internal sealed class LightPipeline : IDisposable
{
    private const int Senders = 64;
    private const string Answer = "Nous sommes ouverts du lundi au samedi, de 9 h a 19 h.";

    private readonly Channel<Inbound> toSend = Channel.CreateUnbounded<Inbound>();
    private readonly GroupCommit<Inbound> inbound;
    private readonly GroupCommit<Outbound> outbound;
    private readonly HttpClient http;
    private readonly Uri sends;

    private LightPipeline(NpgsqlDataSource source, Uri provider)
    {
        sends = new Uri(provider, $"/v23.0/{BenchSecrets.PhoneNumberId}/messages");
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Senders, UseProxy = false, AllowAutoRedirect = false });
        inbound = new GroupCommit<Inbound>(2, () => KeepInbound(source));
        outbound = new GroupCommit<Outbound>(1, () => KeepOutbound(source));
        for (var i = 0; i < Senders; i++)
        {
            _ = Task.Run(Send);
        }
    }

    public static async Task<LightPipeline> Start(string connection, Uri provider, CancellationToken cancel)
    {
        var source = NpgsqlDataSource.Create(connection);
        await using var create = source.CreateCommand("""
            CREATE TABLE inbound (id bigserial PRIMARY KEY, wamid text NOT NULL UNIQUE, phone text NOT NULL, body text NOT NULL);
            CREATE TABLE outbound (id bigserial PRIMARY KEY, answers text NOT NULL, phone text NOT NULL, body text NOT NULL, wamid text NOT NULL);
            """);
        await create.ExecuteNonQueryAsync(cancel);
        return new LightPipeline(source, provider);
    }

    public async Task Receive(HttpContext context)
    {
        if (await Signed.Read(context) is { } body)
        {
            using var json = JsonDocument.Parse(body);
            var message = json.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value").GetProperty("messages")[0];
            await inbound.Add(new(
                message.GetProperty("id").GetString()!, message.GetProperty("from").GetString()!, message.GetProperty("text").GetProperty("body").GetString()!));
        }
    }

    public void Dispose() => http.Dispose();

    private Func<IReadOnlyList<Inbound>, Task> KeepInbound(NpgsqlDataSource source)
    {
        var insert = Prepared.Command(
            source, "INSERT INTO inbound (wamid, phone, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (wamid) DO NOTHING RETURNING wamid",
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text);
        return async items =>
        {
            insert.Parameters[0].Value = items.Select(i => i.Wamid).ToArray();
            insert.Parameters[1].Value = items.Select(i => i.Phone).ToArray();
            insert.Parameters[2].Value = items.Select(i => i.Body).ToArray();
            var fresh = new HashSet<string>(StringComparer.Ordinal);
            await using (var reader = await insert.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    fresh.Add(reader.GetString(0));
                }
            }

            foreach (var item in items.Where(i => fresh.Remove(i.Wamid)))
            {
                toSend.Writer.TryWrite(item);
            }
        };
    }

    private static Func<IReadOnlyList<Outbound>, Task> KeepOutbound(NpgsqlDataSource source)
    {
        var insert = Prepared.Command(
            source, "INSERT INTO outbound (answers, phone, body, wamid) SELECT * FROM unnest($1, $2, $3, $4)",
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text);
        return async items =>
        {
            insert.Parameters[0].Value = items.Select(i => i.Answers).ToArray();
            insert.Parameters[1].Value = items.Select(i => i.Phone).ToArray();
            insert.Parameters[2].Value = items.Select(_ => Answer).ToArray();
            insert.Parameters[3].Value = items.Select(i => i.Wamid).ToArray();
            await insert.ExecuteNonQueryAsync();
        };
    }

    private async Task Send()
    {
        await foreach (var message in toSend.Reader.ReadAllAsync())
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { messaging_product = "whatsapp", to = message.Phone, type = "text", text = new { body = Answer } });
            using var request = new HttpRequestMessage(HttpMethod.Post, sends) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "bench");
            using var response = await http.SendAsync(request);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            _ = outbound.Add(new(message.Wamid, message.Phone, answer.RootElement.GetProperty("messages")[0].GetProperty("id").GetString()!));
        }
    }

    private sealed record Inbound(string Wamid, string Phone, string Body);

    private sealed record Outbound(string Answers, string Phone, string Wamid);
}
