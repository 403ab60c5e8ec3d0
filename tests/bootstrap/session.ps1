# Runs what one line of JSON after another asks for, in one session, as somebody types commands into one window; after
# each it tells the exit code, and what of the session is not as it was.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
function Get-Session {
    $moving = 'LASTEXITCODE Error StackTrace ? ^ $ _ PWD foreach switch PSItem moving lines asked words was before code name' -split ' '
    $lines = @(Get-Variable | Where-Object { $_.Name -notin $moving } | ForEach-Object { "variable $($_.Name) $($_.Value)" })
    $lines += Get-ChildItem function: | ForEach-Object { "function $($_.Name)" }
    $lines += Get-ChildItem alias: | ForEach-Object { "alias $($_.Name)" }
    $lines += Get-ChildItem env: | ForEach-Object { "env $($_.Name) $($_.Value)" }
    $lines += "encoding $([Console]::OutputEncoding.WebName) $([Console]::InputEncoding.WebName)"
    $lines += "protocols $([Net.ServicePointManager]::SecurityProtocol) folder $PWD"
    $lines
}
$asked = $words = $was = $before = $code = $name = $null
while ($null -ne ($asked = [Console]::In.ReadLine())) {
    $asked = $asked | ConvertFrom-Json
    $words = @($asked.words)
    $was = @{ }
    foreach ($name in $asked.variables.PSObject.Properties) {
        $was[$name.Name] = [Environment]::GetEnvironmentVariable($name.Name)
        [Environment]::SetEnvironmentVariable($name.Name, $name.Value)
    }
    Set-Location -LiteralPath $asked.folder
    $before = Get-Session
    switch ($asked.by) {
        'call' { & $asked.script @words }
        'dot' { . $asked.script @words }
        'block' { & ([scriptblock]::Create([IO.File]::ReadAllText($asked.script))) @words }
        'iex' { [IO.File]::ReadAllText($asked.script) | Invoke-Expression }
    }
    $code = $LASTEXITCODE
    Compare-Object $before (Get-Session) | ForEach-Object { [Console]::Error.WriteLine("left behind: $($_.InputObject)") }
    foreach ($name in $was.Keys) { [Environment]::SetEnvironmentVariable($name, $was[$name]) }
    foreach ($name in [Console]::Out, [Console]::Error) { $name.WriteLine("`n$([char]1) $code"); $name.Flush() }
}
