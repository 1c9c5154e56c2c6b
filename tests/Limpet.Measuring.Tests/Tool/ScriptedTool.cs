namespace Limpet.Tests.Tool;

/// <summary>A shell script in the place of the tool: it says what no tool would say at will.</summary>
internal sealed class ScriptedTool : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("limpet-scripted-").FullName;

    public ScriptedTool(string script)
    {
        Path = System.IO.Path.Combine(folder, "tool");
        File.WriteAllText(Path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
