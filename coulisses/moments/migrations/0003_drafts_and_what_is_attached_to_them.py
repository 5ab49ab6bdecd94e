import coulisses.lib.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0002_a_sentence_lies_over_captures'),
        ('people', '0002_a_host_keeps_the_house'),
        ('projects', '0003_contributors_tell_what_waits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.CharField(default=coulisses.lib.ids.new, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('open', 'Open'), ('waiting', 'Waiting'), ('timed', 'Timed')], default='open', max_length=7)),
                ('kind', models.CharField(default='progress', max_length=16)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('asks', models.CharField(blank=True, max_length=9)),
                ('audience', models.CharField(default='public', max_length=26)),
                ('teaser', models.CharField(blank=True, max_length=300)),
                ('happened_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('word', models.CharField(blank=True, max_length=500)),
                ('once', models.CharField(max_length=128, null=True)),
                ('kept_at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='projects.project')),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.voice')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=80)),
                ('what', models.CharField(max_length=7)),
                ('name', models.CharField(max_length=500)),
                ('words', models.TextField(blank=True)),
                ('change', models.JSONField(default=dict)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('kept_at', models.DateTimeField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attachments', to='moments.draft')),
            ],
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['account', 'gone_at', '-kept_at'], name='draft_by_author'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['project', 'state', 'kept_at'], name='draft_by_project'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['state', 'due_at'], name='draft_until_due'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['gone_at'], name='draft_gone'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('project', 'account', 'once'), name='one_draft_per_once'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'timed'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='timed_has_a_time'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['draft', 'kept_at'], name='attachment_without_draft'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('project', 'version'), name='one_attachment_per_version'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['picture', 'sound', 'file'])), name='attachment_is_known'),
        ),
    ]
