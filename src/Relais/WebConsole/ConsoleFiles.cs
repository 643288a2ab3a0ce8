using System.Collections.Frozen;
using System.Reflection;

namespace Relais.WebConsole;

/// <summary>
/// The built console as it lies inside the assembly, each file also compressed with brotli by its build. A path that names no file
/// is one of the console's own addresses and gets index.html. Empty when the program was built without the console.
/// </summary>
internal sealed class ConsoleFiles
{
    /// <summary>Prefix of the embedded files' names; the rest is the path below dist/.</summary>
    private const string Prefix = "console/";

    private static readonly Assembly Here = typeof(ConsoleFiles).Assembly;

    private readonly FrozenDictionary<string, ConsoleFile> files;

    public ConsoleFiles()
    {
        var names = Here.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        files = names.Where(n => !n.EndsWith(".br", StringComparison.Ordinal)).ToFrozenDictionary(
            n => n[Prefix.Length..], n => new ConsoleFile(n, names.Contains(n + ".br")), StringComparer.Ordinal);
        Index = files.TryGetValue("index.html", out var index) ? Text(index) : null;
        Docs = files.TryGetValue("docs.html", out var docs) ? Text(docs) : null;
    }

    /// <summary>index.html with <see cref="Nonce"/> where the nonce goes; null without a console.</summary>
    public string? Index { get; }

    /// <summary>The page of the API's description, in the same way.</summary>
    public string? Docs { get; }

    /// <summary>What the build writes where a nonce goes (console/vite.config.ts).</summary>
    public static string Nonce => "__NONCE__";

    /// <param name="path">Without the leading slash: assets/index-Ab12.js.</param>
    public ConsoleFile? Find(string path) => files.GetValueOrDefault(path);

    public static Stream Open(ConsoleFile file, bool compressed) =>
        Here.GetManifestResourceStream(compressed ? file.Name + ".br" : file.Name)
        ?? throw new InvalidOperationException(file.Name + " is not embedded in the assembly.");

    private static string Text(ConsoleFile file)
    {
        using var reader = new StreamReader(Open(file, compressed: false));
        return reader.ReadToEnd();
    }
}

/// <param name="Name">Of the embedded file.</param>
/// <param name="IsCompressed">Whether it is there compressed, too.</param>
internal sealed record ConsoleFile(string Name, bool IsCompressed);
