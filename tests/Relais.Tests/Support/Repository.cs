namespace Relais.Tests.Support;

internal static class Repository
{
    /// <summary>The folder of the checkout these tests were built from.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Relais.slnx")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("Relais.slnx is in no folder above the tests.");
            }

            return folder.FullName;
        }
    }
}
