using System.Reflection;

namespace Relais.Foundation;

/// <summary>
/// Whether the .NET underneath has the security fixes that the one had with which this program was built. A published file brings its own; a
/// build takes the newest that the machine has.
/// </summary>
internal static class RuntimePatch
{
    public static Version Running => Environment.Version;

    /// <summary>Written by the build (Relais.csproj).</summary>
    public static Version Built { get; } = Version.Parse(typeof(RuntimePatch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "BuiltWithRuntime").Value!);

    public static bool IsOld(Version running) => running < Built;
}
