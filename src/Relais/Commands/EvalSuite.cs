using Relais.Engine.Simulations.Cases;

namespace Relais.Commands;

/// <summary>Cases read from files, with where their recorded answers are.</summary>
/// <param name="Cases">In the order of the files.</param>
/// <param name="RecordingsPath">Beside the file, or in the folder; null for cases that come from nowhere on the disk.</param>
internal sealed record EvalSuite(IReadOnlyList<SimulationCase> Cases, string? RecordingsPath)
{
    /// <param name="path">A file, or a folder whose *.yaml and *.yml are read.</param>
    /// <exception cref="CaseFormatException">Says which line of which file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<EvalSuite> Read(string path, CancellationToken cancel)
    {
        var isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
        {
            throw new IOException($"There is no file or folder {path}.");
        }

        string[] files = isFolder
            ? [.. Directory.GetFiles(path).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal)]
            : [path];
        var texts = new List<(string, string)>();
        foreach (var file in files)
        {
            texts.Add((Path.GetFileName(file), await File.ReadAllTextAsync(file, cancel)));
        }

        return new EvalSuite(
            Of(texts), isFolder ? Path.Combine(path, "recordings.json") : Path.ChangeExtension(path, ".recordings.json"));
    }

    /// <exception cref="CaseFormatException">Says which line of which file.</exception>
    public static IReadOnlyList<SimulationCase> Of(IReadOnlyList<(string Name, string Yaml)> files)
    {
        var all = new List<SimulationCase>();
        foreach (var (name, yaml) in files)
        {
            try
            {
                all.AddRange(CaseReader.Read(yaml));
            }
            catch (CaseFormatException e)
            {
                throw new FormatException($"{name}: {e.Message}", e);
            }
        }

        return all.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new FormatException($"Two cases are named “{twice.Key}”.") : all;
    }
}
