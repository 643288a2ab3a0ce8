using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Running;

/// <summary>A tool call as recorded.</summary>
internal sealed record RecordedCall(string Id, string Name, JsonObject Arguments);

/// <param name="Case">The case it was recorded for; for people who read the file.</param>
/// <param name="Text">What the model said; may be empty.</param>
/// <param name="Calls">What it asked its tools for.</param>
internal sealed record RecordedAnswer(string Case, string Text, IReadOnlyList<RecordedCall> Calls);

/// <summary>Answers of models, kept in a JSON file under the hash of what they were asked, in the order of the hashes.</summary>
internal sealed class Recordings
{
    private static readonly JsonSerializerOptions Json = new(ApiJson.Options) { WriteIndented = true };

    private readonly SortedDictionary<string, RecordedAnswer> answers;
    private readonly Lock gate = new();

    public Recordings()
        : this(new SortedDictionary<string, RecordedAnswer>(StringComparer.Ordinal))
    {
    }

    private Recordings(SortedDictionary<string, RecordedAnswer> answers) => this.answers = answers;

    /// <summary>Reads a file; one that does not exist holds nothing.</summary>
    /// <exception cref="FormatException">It is no file of recordings.</exception>
    public static async Task<Recordings> Read(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            return new Recordings();
        }

        try
        {
            return new Recordings(new SortedDictionary<string, RecordedAnswer>(
                JsonSerializer.Deserialize<Dictionary<string, RecordedAnswer>>(await File.ReadAllBytesAsync(path, cancel), Json) ?? [], StringComparer.Ordinal));
        }
        catch (JsonException e)
        {
            throw new FormatException($"{Path.GetFileName(path)} is no file of recorded answers: line {(e.LineNumber ?? 0) + 1}.", e);
        }
    }

    public Task Write(string path, CancellationToken cancel)
    {
        lock (gate)
        {
            return File.WriteAllTextAsync(path, JsonSerializer.Serialize(answers, Json) + "\n", cancel);
        }
    }

    public RecordedAnswer? Find(string hash)
    {
        lock (gate)
        {
            return answers.GetValueOrDefault(hash);
        }
    }

    public void Keep(string hash, string caseName, ChatResponse response)
    {
        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => new RecordedCall(
            c.CallId, c.Name, JsonSerializer.SerializeToNode(c.Arguments ?? new Dictionary<string, object?>(), ApiJson.Options)!.AsObject()));
        lock (gate)
        {
            answers[hash] = new RecordedAnswer(caseName, response.Text, [.. calls]);
        }
    }
}
