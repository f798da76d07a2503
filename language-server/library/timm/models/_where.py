"""Which module of timm.models defines a name: the module of the longest prefix of the name in lower case. Made from the registry of timm 1.0.31."""
_prefixes = """
_features: featured featureh featurei featurel
_features_fx: featureg gr
_pretrained: def pr
beit: beit beit_ beitv
byoanet: botn eca_b eca_h hal lam seb seh
byobnet: bat by eca_r gcr ger mobileo regnetz_b regnetz_c regnetz_d regnetz_e repvg resnet101_ resnet32 resnet33 resnet50_c resnet50_m resnet50x
    resnet51 resnet6 resnext2 seresnet33 seresnext26ts test_b
cait: cai cl lay ta
coat: coat coat_
convit: convi
convmixer: convm
convnext: convn test_con
cpubone: cp
crossvit: cr
csatv2: csa
cspnet: cs3 cspd cspnet cspr dar sed
cspnext: cspnex
davit: dav
deepseek_vit: dee
deit: dei visiontransformerd
densenet: den tv_d
dla: dl
dpn: dp
edgenext: ed
efficientformer: efficientformer efficientformer_
efficientformer_v2: efficientformerv
efficientnet: efficientn fbnetc gc_ mixn mn mobilenet_ mobilenetv1 mobilenetv2 sem sp test_e tf_e tf_mi tinyn
efficientvim: efficientvim
efficientvit_mit: efficientvit efficientvit_b efficientvit_l efficientvitl
efficientvit_msra: efficientvit_m efficientvitm
eva: eva eva0 eva_g vit_5 vit_7 vit_base_patch16_d vit_base_patch16_l vit_base_patch16_ro vit_base_patch16_sa vit_betwixt_patch16_ro
    vit_giant_patch16_l vit_giant_patch16_s vit_huge_patch16_s vit_huge_pl vit_large_patch16_d vit_large_patch16_l vit_large_patch16_ro
    vit_large_patch16_sa vit_medium_patch16_ro vit_mediumd_patch16_ro vit_pe vit_small_patch16_d vit_small_patch16_l vit_small_patch16_r vit_small_pl
    vit_tiny_patch16_d
fasternet: faste
fastvit: fastv
focalnet: fo
gcvit: gcv glo
gemma4_vit: gem
ghostnet: gh
hardcorenas: har
hgnet: hg highp
hiera: hiera hiera_
hieradet_sam2: hierad sam2
hrnet: highr hr
iformer: if
inception_next: inception_n metan
inception_resnet_v2: en inception_r inceptionr
inception_v3: ad gluon_i inception_v3 inceptionv3 tf_i
inception_v4: inception_v4 inceptionv4
lcnetv2: lcnetv
levit: lev
lowformer: lo
mambaout: mam test_mam
maxxvit: coatn max test_coa test_max
metaformer: caf convf metaf poolf
mlp_mixer: gm mixe ml resm
mobilenetv3: fbnetv lcnet_ mobilenetv3 mobilenetv4 tf_mo
mobilenetv5: mobilenetv5
mobilevit: mobilev
mvitv2: mu mv
naflexvit: naf
nasnet: nas
nest: j nes
nextvit: nex
nfnet: dm eca_n nf no test_n
pit: pi pooli
pnasnet: pn
pvt_v2: pv py
qwen3_vit: q
rdnet: rd
regnet: regnet regnetc regnetv regnetx regnety regnetz_0
repghost: repg
repvit: repvi
res2net: res2
resnest: resnes
resnet: bas bott ecar gluon_r gluon_s ig resnet resnet101 resnet101c resnet101d resnet101s resnet10t resnet14 resnet15 resnet18 resnet2 resnet34
    resnet50 resnet50_g resnet50c resnet50d resnet50s resnet50t resneta resnetb resnetr resnext1 resnext5 senet1 seresnet1 seresnet2 seresnet34 seresnet5
    seresneta seresnext1 seresnext26d seresnext26t_ seresnext26tn seresnext5 seresnexta ss sws test_r tv_r w
resnetv2: resnetv
rexnet: rex
selecsls: sel
senet: legacy_s senet
sequencer: seq
shvit: sh
sknet: sk
starnet: st
swiftformer: swif
swin_transformer: swin_ swintransformer
swin_transformer_v2: swintransformerv2 swinv2_b swinv2_l swinv2_s swinv2_t
swin_transformer_v2_cr: swintransformerv2c swinv2_c
tiny_vit: tiny_ tinyv
tnt: tn
tresnet: tr
twins: tw
vgg: vg
visformer: visf
vision_transformer: ai beit3 eva_l fl test_vit test_vit2 test_vit3 test_vit4 visiontransformer vit_base_patch14 vit_base_patch16_1 vit_base_patch16_2
    vit_base_patch16_3 vit_base_patch16_c vit_base_patch16_g vit_base_patch16_p vit_base_patch16_ra vit_base_patch16_re vit_base_patch16_rp
    vit_base_patch16_si vit_base_patch16_x vit_base_patch3 vit_base_patch8 vit_betwixt_patch16_g vit_betwixt_patch16_re vit_betwixt_patch3 vit_d
    vit_giant_patch14 vit_giant_patch16_g vit_giant_patch16_r vit_gianto vit_gig vit_huge_patch14 vit_huge_patch16_g vit_huge_patch16_r vit_i
    vit_large_patch14 vit_large_patch16_2 vit_large_patch16_3 vit_large_patch16_ra vit_large_patch16_si vit_large_patch3 vit_li vit_medium_patch16_c
    vit_medium_patch16_g vit_medium_patch16_re vit_medium_patch3 vit_mediumd_patch16_re vit_pw vit_small_patch14 vit_small_patch16_1 vit_small_patch16_2
    vit_small_patch16_3 vit_small_patch3 vit_small_patch8 vit_so vit_tiny_patch16_2 vit_tiny_patch16_3 vit_w vit_x
vision_transformer_hybrid: vit_base_m vit_base_r vit_large_r vit_small_r vit_tiny_r
vision_transformer_relpos: test_vit_ visiontransformerr vit_r vit_sr
vision_transformer_sam: samv visiontransformers
vitamin: vita
volo: vol
vovnet: eca_v es vov
xception: legacy_x xception
xception_aligned: xception4 xception6 xception7 xceptiona
xcit: xci
"""


def _table():
    table, module = {}, None
    for word in _prefixes.split():
        if word.endswith(':'):
            module = word[:-1]
        else:
            table[word] = module
    return table


_modules = _table()


def module_of(name):
    """The module's name; None where no prefix fits."""
    lower = name.lower()
    for length in range(len(lower), 0, -1):
        if lower[:length] in _modules:
            return _modules[lower[:length]]
    return None


def module_names():
    return sorted(set(_modules.values()))
