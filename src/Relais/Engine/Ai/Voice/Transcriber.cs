using System.Net.Http.Headers;
using System.Text.Json;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;

namespace Relais.Engine.Ai.Voice;

/// <summary>What a model heard, or how it failed.</summary>
/// <param name="Text">Null when it failed; empty when nothing is said in the note.</param>
/// <param name="Failure">Null when it did not.</param>
internal sealed record Heard(string? Text, ModelFailure? Failure);

/// <summary>
/// Asks a transcription model once (OpenAI's openapi.yaml, POST /audio/transcriptions: multipart with file, model and response_format;
/// the answer is JSON with text). Whisper servers of one's own speak the same. Never throws for what a provider or a network can do.
/// </summary>
internal sealed class Transcriber(ModelHttp http)
{
    /// <summary>A minute of speech takes some 900 characters; more than this helps no answer.</summary>
    public const int MostCharacters = 8_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="setup">Who is asked.</param>
    /// <param name="sound">The whole file.</param>
    /// <param name="mimeType">By its bytes; servers go by the name's ending.</param>
    /// <param name="cancel">Throws when it is cancelled.</param>
    /// <param name="within">60 s when null.</param>
    public async Task<Heard> Hear(TranscriptionSetup setup, ReadOnlyMemory<byte> sound, string mimeType, CancellationToken cancel, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            using var request = Request(setup, sound, mimeType);
            using var response = await (setup.IsTenants ? http.Tenants : http.Operators).SendAsync(request, either.Token).WaitAsync(either.Token);
            return Read(await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return new Heard(null, ModelFailedException.In(e)
                ?? (e is OperationCanceledException ? new ModelFailure.TimedOut() : new ModelFailure.Broken(e.GetType().Name)));
        }
    }

    private static HttpRequestMessage Request(TranscriptionSetup setup, ReadOnlyMemory<byte> sound, string mimeType)
    {
        var bare = mimeType.Split(';')[0];
        var file = new ReadOnlyMemoryContent(sound);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(bare);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(setup.BaseUrl, "audio/transcriptions"))
        {
            Content = new MultipartFormDataContent
            {
                { file, "\"file\"", $"\"voice.{Ending(bare)}\"" },
                { new StringContent(setup.Model), "\"model\"" },
                { new StringContent("json"), "\"response_format\"" },
            },
        };
        if (setup.Key is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    private static Heard Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var text = CustomerText.Normalise(json.RootElement.GetProperty("text").GetString() ?? "").Trim();
            return new Heard(text.Length <= MostCharacters ? text : Cut(text), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new Heard(null, new ModelFailure.Broken("not an answer"));
        }
    }

    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];

    private static string Ending(string type) => type switch
    {
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "audio/wav" => "wav",
        "audio/flac" => "flac",
        _ => "ogg",
    };
}
