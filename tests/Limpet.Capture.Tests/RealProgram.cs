using System.Text;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>A program that knows nothing of the tests, in a process of its own that is ended with the test.</summary>
internal sealed class RealProgram : IDisposable
{
    private readonly TraceableProcess process;
    private readonly StringBuilder written = new();

    private RealProgram(TraceableProcess process)
    {
        this.process = process;
        _ = ReadAsync(process.StandardOutput);
        _ = ReadAsync(process.StandardError);
    }

    public static TimeSpan Deadline { get; } = TimeSpan.FromMinutes(2);

    public int Id => process.Id;

    public Task<ProcessExit> Exited => process.Exited;

    private string Written
    {
        get
        {
            lock (written)
            {
                return written.ToString();
            }
        }
    }

    public static RealProgram Start(params string[] command) => new(TraceableProcess.Start(command));

    /// <summary>Waits until the program has written a text.</summary>
    public async Task WaitForAsync(string text)
    {
        await Eventually.TrueAsync(() => Written.Contains(text, StringComparison.Ordinal) || Exited.IsCompleted, text);
        Assert.False(Exited.IsCompleted, Written);
    }

    public void Dispose()
    {
        process.Kill();
        Assert.True(process.Exited.Wait(Deadline), "The program does not end.");
        process.Dispose();
    }

    private async Task ReadAsync(Stream stream)
    {
        using StreamReader reader = new(stream);
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (written)
            {
                written.AppendLine(line);
            }
        }
    }
}
