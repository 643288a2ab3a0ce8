using System.Text.Json;

namespace Relais.Bench.Systems;

/// <summary>
/// yardstick.json: what of a yardstick differs from the usual. In texts {provider}, {postgres}, {data} and {port} are filled in.
/// </summary>
/// <param name="Build">A command that makes it ready.</param>
/// <param name="Start">A command that serves.</param>
/// <param name="Url">Where its webhooks go.</param>
/// <param name="Env">Added to its environment.</param>
internal sealed record YardstickFile(string? Build, string? Start, string? Url, IReadOnlyDictionary<string, string> Env)
{
    public const string Name = "yardstick.json";

    public static YardstickFile Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return new(null, null, null, new Dictionary<string, string>());
        }

        var read = JsonSerializer.Deserialize<YardstickFile>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        return read with { Env = read.Env ?? new Dictionary<string, string>() };
    }
}
