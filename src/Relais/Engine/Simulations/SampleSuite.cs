using System.Reflection;

namespace Relais.Engine.Simulations;

/// <summary>The cases that come with the demo's sample business: twenty in each language.</summary>
internal static class SampleSuite
{
    private const string Prefix = "Relais.Engine.Simulations.Samples.";

    /// <summary>Files of YAML, by their names (ar.yaml …).</summary>
    public static IReadOnlyList<(string Name, string Yaml)> Files { get; } = Load();

    private static List<(string, string)> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (name[Prefix.Length..], reader.ReadToEnd());
        })];
    }
}
